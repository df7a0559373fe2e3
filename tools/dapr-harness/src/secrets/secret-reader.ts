import type { SecretReader } from '../api/component-family.ts';
import type { Component } from '../resources/component.ts';
import { openSecretStore } from './open-secret-store.ts';
import type { SecretStore } from './secret-store.ts';

/**
 * Reads secrets for other components' `secretKeyRef`. Scopes of secrets do not hold here: they are for what apps ask.
 * @param components the secret stores of one app; each is opened when it is first asked for.
 */
export function createSecretReader(components: readonly Component[]): SecretReader {
  const stores = new Map<string, SecretStore>();

  return async (name, secret) => {
    const component = components.find((candidate) => candidate.name === name);
    if (!component) throw new Error(`secret store ${name} is not configured`);
    const store = stores.get(name) ?? openSecretStore(component);
    stores.set(name, store);
    return store.get(secret);
  };
}
