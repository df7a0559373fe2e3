import { compileExpression, type Expression } from '../expression.ts';

/** A circuit breaker's settings, durations in milliseconds. `trip` reads counts such as `consecutiveFailures`. */
export type BreakerSettings = {
  name: string;
  maxRequests: number;
  intervalMs: number;
  timeoutMs: number;
  trip: string;
};

export type Breaker = { run<T>(operation: () => Promise<T>): Promise<T> };

/** A breaker refused the operation; never retried. The messages are daprd's. */
export class BreakerOpen extends Error {
  constructor(message: 'circuit breaker is open' | 'too many requests') {
    super(message);
    this.name = 'BreakerOpen';
  }
}

type Counts = {
  requests: number;
  totalSuccesses: number;
  totalFailures: number;
  consecutiveSuccesses: number;
  consecutiveFailures: number;
};

const ZERO: Counts = {
  requests: 0,
  totalSuccesses: 0,
  totalFailures: 0,
  consecutiveSuccesses: 0,
  consecutiveFailures: 0,
};

/**
 * Closed until `trip` is true after a failure; then open for `timeoutMs`; then half-open: `maxRequests` operations may try, as many
 * successes close it, one failure opens it again. While closed, the counts start anew every `intervalMs` (0: never).
 */
export function createBreaker(settings: BreakerSettings, now: () => number = Date.now): Breaker {
  const hasTripped = tripper(settings.trip);
  const maxRequests = settings.maxRequests || 1;
  let state: 'closed' | 'open' | 'half-open' = 'closed';
  let counts = { ...ZERO };
  let generation = 0;
  let expiresAt = settings.intervalMs > 0 ? now() + settings.intervalMs : Infinity;

  const enter = (next: typeof state): void => {
    state = next;
    renew();
  };
  const renew = (): void => {
    generation++;
    counts = { ...ZERO };
    if (state === 'closed') expiresAt = settings.intervalMs > 0 ? now() + settings.intervalMs : Infinity;
    else expiresAt = state === 'open' ? now() + (settings.timeoutMs || 60_000) : Infinity;
  };
  const refresh = (): void => {
    if (now() < expiresAt) return;
    if (state === 'closed') renew();
    else if (state === 'open') enter('half-open');
  };
  const begin = (): number => {
    refresh();
    if (state === 'open') throw new BreakerOpen('circuit breaker is open');
    if (state === 'half-open' && counts.requests >= maxRequests) throw new BreakerOpen('too many requests');
    counts.requests++;
    return generation;
  };
  const end = (begun: number, hasSucceeded: boolean): void => {
    refresh();
    if (begun !== generation) return;
    count(counts, hasSucceeded);
    if (hasSucceeded) {
      if (state === 'half-open' && counts.consecutiveSuccesses >= maxRequests) enter('closed');
    } else if (state === 'half-open' || hasTripped(counts)) enter('open');
  };

  return {
    async run(operation) {
      const begun = begin();
      try {
        const result = await operation();
        end(begun, true);
        return result;
      } catch (error) {
        end(begun, false);
        throw error;
      }
    },
  };
}

function count(counts: Counts, hasSucceeded: boolean): void {
  if (hasSucceeded) {
    counts.totalSuccesses++;
    counts.consecutiveSuccesses++;
    counts.consecutiveFailures = 0;
  } else {
    counts.totalFailures++;
    counts.consecutiveFailures++;
    counts.consecutiveSuccesses = 0;
  }
}

function tripper(trip: string): (counts: Counts) => boolean {
  if (trip === '') return ({ consecutiveFailures }) => consecutiveFailures > 5;
  const expression: Expression = compileExpression(trip);
  return (counts) => {
    const integers = Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, BigInt(value)]));
    try {
      return expression(integers) === true;
    } catch {
      return false;
    }
  };
}
