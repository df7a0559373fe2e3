import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleAll } from 'cockatiel';
import { GatewayTimeout, ServiceUnavailable } from '../http/errors.ts';
import { SidecarTimeout } from './with-timeout.ts';

/** So many failures in a row, and a part is thought to be away. */
const FAILURES = 3;
/** How long nobody asks it then; afterwards one at a time tries whether it is back, in milliseconds. */
const REST_MS = 1_000;

/** Remembers for a moment which parts are away, so that not everyone waits until they find out for themselves. */
export type Circuits = {
  /** Does work that needs a part. @throws ServiceUnavailable at once while the part is away; else what the work throws. */
  through<T>(part: string, work: () => Promise<T>): Promise<T>;
};

/** Only timeouts and absence count: whoever refuses is there. */
const saysAway = (error: unknown): boolean =>
  error instanceof ServiceUnavailable || error instanceof GatewayTimeout || error instanceof SidecarTimeout;

/** @param isAway which errors of the work count. */
export function createCircuits(isAway: (error: unknown) => boolean = saysAway): Circuits {
  const circuits = new Map<string, ReturnType<typeof create>>();
  const create = () => circuitBreaker(handleAll, { halfOpenAfter: REST_MS, breaker: new ConsecutiveBreaker(FAILURES) });

  return {
    async through(part, work) {
      const circuit = circuits.get(part) ?? create();
      circuits.set(part, circuit);
      // The policy would have everyone wait for the one that tries.
      if (circuit.state === CircuitState.HalfOpen) throw awayFor();
      try {
        const outcome = await circuit.execute(() => settle(work, isAway));
        if ('refusal' in outcome) throw outcome.refusal;
        return outcome.value;
      } catch (error) {
        throw error instanceof BrokenCircuitError ? awayFor(error) : error;
      }
    },
  };
}

/** A refusal is a sign of life: it goes past the circuit as a success. */
async function settle<T>(
  work: () => Promise<T>,
  isAway: (error: unknown) => boolean,
): Promise<{ value: T } | { refusal: unknown }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (isAway(error)) throw error;
    return { refusal: error };
  }
}

const awayFor = (cause?: unknown): ServiceUnavailable =>
  new ServiceUnavailable('A service is away at the moment.', cause);
