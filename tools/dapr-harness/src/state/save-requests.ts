import { EtagError } from './state-store.ts';
import type { SetRequest, StateStore } from './state-store.ts';
import type { ResiliencyRunner } from '../resiliency/runner.ts';

/**
 * Saves values, each for itself. What fails is tried again as the store's policy says, except for an etag that does not match.
 * @throws the error of a single request; of several, an EtagError when that is all that went wrong.
 */
export async function saveRequests(
  store: StateStore,
  requests: readonly SetRequest[],
  policy: { resiliency: ResiliencyRunner; storeName: string },
): Promise<void> {
  let pending = requests;
  const refusal = await policy.resiliency.run(
    { kind: 'component', type: 'Statestore', name: policy.storeName, direction: 'outbound' },
    async () => {
      const failures = pending.flatMap((request) => attempt(store, request));
      if (failures.length === 0) return undefined;
      const error = failure(failures, requests.length > 1);
      const repeatable = failures.filter((each) => !(each.error instanceof EtagError));
      if (repeatable.length === 0) return error;
      pending = repeatable.map((each) => each.request);
      throw error;
    },
  );
  if (refusal) throw refusal;
}

type Failure = { request: SetRequest; error: Error };

function attempt(store: StateStore, request: SetRequest): Failure[] {
  try {
    store.set(request);
    return [];
  } catch (error) {
    return [{ request, error: error instanceof Error ? error : new Error(String(error)) }];
  }
}

/** As Dapr reports it: of a bulk, an etag among other errors hides them, and etags alone are named twice. */
function failure(failures: readonly Failure[], isBulk: boolean): Error {
  const errors = failures.map(({ error }) => error);
  const text = errors.map(({ message }) => message).join('\n');
  if (!isBulk) return errors[0] ?? new Error(text);
  const etagErrors = errors.filter((error) => error instanceof EtagError);
  if (etagErrors.length < errors.length) return etagErrors[0] ?? new Error(text);
  return new EtagError(etagErrors.some(({ kind }) => kind === 'invalid') ? 'invalid' : 'mismatch', text);
}
