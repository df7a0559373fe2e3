import { illegalKey } from './state-errors.ts';
import { keyProblem } from './state-key.ts';
import type { OpenStore } from './open-store.ts';
import type { StateCall } from './state-routes.ts';

/** Runs a store's operation under the component's outbound policy. */
export function onStore<T>({ env, open }: Pick<StateCall, 'env' | 'open'>, operation: () => T): Promise<T> {
  return env.resiliency.run(
    { kind: 'component', type: 'Statestore', name: open.name, direction: 'outbound' },
    async () => operation(),
  );
}

/**
 * The key as the store keeps it.
 * @param named whether the error names the key in its details.
 * @throws DaprError 400 for a key with the separator in it.
 */
export function checkedKey(open: OpenStore, key: string, named = true): string {
  const problem = keyProblem(key);
  if (problem !== undefined) throw illegalKey(open.name, problem, named ? key : undefined);
  return open.keyOf(key);
}
