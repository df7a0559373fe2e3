import { metadataValue } from '../resources/component.ts';
import type { Component } from '../resources/component.ts';
import type { SecretStore } from './secret-store.ts';

/**
 * `secretstores.local.env`: the process's environment, of which `prefix` is cut off. A variable that is not set is an empty secret;
 * Dapr's own (`DAPR_…`, `APP_API_TOKEN`) are never given out.
 */
export function createLocalEnvStore(component: Component, env: NodeJS.ProcessEnv): SecretStore {
  const prefix = metadataValue(component, 'prefix') ?? '';
  return {
    capabilities: [],
    get: (name) => ({ [name]: (isAllowed(prefix + name) && env[prefix + name]) || '' }),
    getAll: () => {
      const names = Object.keys(env).filter((key) => isAllowed(key) && key.startsWith(prefix) && key !== prefix);
      return Object.fromEntries(
        names.map((key) => {
          const name = key.slice(prefix.length);
          return [name, { [name]: env[key] ?? '' }];
        }),
      );
    },
  };
}

function isAllowed(variable: string): boolean {
  const name = variable.toUpperCase();
  return name !== 'APP_API_TOKEN' && !name.startsWith('DAPR_');
}
