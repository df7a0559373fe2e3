import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** What is left of a limit: `resetSeconds` until it is whole again. */
export type Allowance = { limit: number; remaining: number; resetSeconds: number; isExceeded: boolean };

/** Counts requests in this replica, by key. */
export type RequestCounts = { count(key: string): Promise<Allowance> };

/** Counts up to `limit` requests a second and key. */
export function createRequestCounts(limit: number): RequestCounts {
  const limiter = new RateLimiterMemory({ points: limit, duration: 1 });
  return {
    async count(key) {
      try {
        return allowanceOf(limit, await limiter.consume(key), false);
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return allowanceOf(limit, refusal, true);
        throw refusal;
      }
    },
  };
}

function allowanceOf(limit: number, counted: RateLimiterRes, isExceeded: boolean): Allowance {
  const resetSeconds = Math.max(1, Math.ceil(counted.msBeforeNext / 1000));
  return { limit, remaining: counted.remainingPoints, resetSeconds, isExceeded };
}
