import { readFileSync } from 'node:fs';
import type { SecretReader } from '../api/component-family.ts';
import { metadataValue, type Component } from '../resources/component.ts';

/** Reads secrets for components out of the stores `secretstores.local.env` and `secretstores.local.file`. */
export function openSecrets(stores: readonly Component[]): SecretReader {
  return async (storeName, secret) => {
    const store = stores.find(({ name }) => name === storeName);
    if (!store) throw new Error(`secret store ${storeName} is not configured`);
    if (store.type === 'secretstores.local.env') return { [secret]: process.env[secret] ?? '' };
    const file = metadataValue(store, 'secretsFile') ?? '';
    const secrets = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    return { [secret]: secrets[secret] ?? '' };
  };
}
