import { GatewayTimeout, ServiceUnavailable } from '../http/errors.ts';
import { SidecarTimeout } from './with-timeout.ts';

/** So many failures in a row, and a part is thought to be away. */
const FAILURES = 3;
/** How often one tries then whether it is back, in milliseconds; a try that hangs keeps nobody else from trying. */
const REST_MS = 1_000;

/** Remembers for a moment which parts are away, so that not everyone waits until they find out for themselves. */
export type Circuits = {
  /** Does work that needs a part. @throws ServiceUnavailable at once while the part is away; else what the work throws. */
  through<T>(part: string, work: () => Promise<T>): Promise<T>;
};

type Circuit = { failures: number; nextTryAt: number };

/** Only timeouts and absence count: whoever answers is there, whatever the answer. */
const saysAway = (error: unknown): boolean =>
  error instanceof ServiceUnavailable || error instanceof GatewayTimeout || error instanceof SidecarTimeout;

/** @param isAway which errors of the work count. */
export function createCircuits(isAway: (error: unknown) => boolean = saysAway): Circuits {
  const circuits = new Map<string, Circuit>();

  function circuitOf(part: string): Circuit {
    const known = circuits.get(part);
    if (known) return known;
    const fresh = { failures: 0, nextTryAt: 0 };
    circuits.set(part, fresh);
    return fresh;
  }

  return {
    async through(part, work) {
      const circuit = circuitOf(part);
      if (circuit.failures >= FAILURES) takeTurn(circuit);
      try {
        const result = await work();
        circuit.failures = 0;
        return result;
      } catch (error) {
        circuit.failures = isAway(error) ? circuit.failures + 1 : 0;
        if (circuit.failures === FAILURES) circuit.nextTryAt = performance.now() + REST_MS;
        throw error;
      }
    },
  };
}

/** @throws ServiceUnavailable where somebody else tries at this moment. */
function takeTurn(circuit: Circuit): void {
  const now = performance.now();
  if (now < circuit.nextTryAt)
    throw new ServiceUnavailable('A service is away at the moment.', new Error('it was away a moment ago'));
  circuit.nextTryAt = now + REST_MS;
}
