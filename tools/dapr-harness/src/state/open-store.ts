import { metadataValue } from '../resources/component.ts';
import type { FamilyEnv } from '../api/component-family.ts';
import type { Component } from '../resources/component.ts';
import { DEFAULT_NAMESPACE } from '../sidecar/app-options.ts';
import { createInMemoryStore } from './in-memory-store.ts';
import { createMemoryBackend } from './memory-backend.ts';
import { createRedisStore } from './redis-store.ts';
import { createSqliteBackend } from './sqlite-backend.ts';
import { keyProblem, prefixedKey } from './state-key.ts';
import type { StateStore } from './state-store.ts';

/** A store component, ready for use. */
export type OpenStore = { name: string; store: StateStore; keyOf(key: string): string };

/**
 * Opens the store of a component. An app has its `state.in-memory` for itself; the stores of one Redis (by host and database) are
 * shared by all apps, and outlive the process when the harness has a data folder.
 * @throws Error for a type that the harness does not stand in for, or a bad key prefix, unless the component ignores errors: then the
 * app's id is the prefix.
 */
export function openStore(component: Component, env: FamilyEnv): OpenStore {
  const store = createStore(component, env);
  const named = (metadataValue(component, 'keyPrefix') ?? 'appid').toLowerCase();
  const problem = keyProblem(named);
  if (problem !== undefined && !component.ignoreErrors) throw new Error(problem);

  // Told no namespace, daprd is in `default` for all but this.
  const namespace = env.namespace === DEFAULT_NAMESPACE ? '' : env.namespace;
  const strategy = problem === undefined ? named : 'appid';
  const prefixing = { strategy, storeName: component.name, appId: env.appId, namespace };
  return { name: component.name, store, keyOf: (key) => prefixedKey(key, prefixing) };
}

function createStore(component: Component, env: FamilyEnv): StateStore {
  if (component.type === 'state.in-memory') return createInMemoryStore(createMemoryBackend());
  if (component.type !== 'state.redis') {
    throw new Error(
      `couldn't find state store ${component.type}/${component.version}: the harness has in-memory and redis`,
    );
  }
  const place = `${metadataValue(component, 'redisHost') ?? ''}/${metadataValue(component, 'redisDB') ?? '0'}`;
  const backend = env.shared(`state.redis ${place}`, () =>
    env.journal.isDurable ? createSqliteBackend(env.journal.database, place) : createMemoryBackend(),
  );
  const ttl = metadataValue(component, 'ttlInSeconds');
  return createRedisStore(backend, ttl === undefined ? undefined : Number(ttl));
}
