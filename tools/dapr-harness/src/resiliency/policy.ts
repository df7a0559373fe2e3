import { setTimeout as sleep } from 'node:timers/promises';
import { BreakerOpen, type Breaker } from './circuit-breaker.ts';
import { DeadlineExceeded, PermanentError, StatusError } from './errors.ts';
import { createBackoff, type RetrySettings } from './retry.ts';

/** What protects one target: any of a timeout, a retry and a circuit breaker. */
export type Policy = { timeoutMs: number; retry: RetrySettings | undefined; breaker: Breaker | undefined };

/** An operation under a policy; `signal` fires when its time is up or its caller gives up. */
export type Operation<T> = (signal: AbortSignal | undefined, attempt: number) => Promise<T>;

/** Whether a failed operation may run again, so that its input has to be kept. */
export function hasRetries(policy: Policy | undefined): boolean {
  return policy?.retry !== undefined && policy.retry.maxRetries !== 0;
}

/** What ends an operation from outside: `signal` at once, `patience` only the waiting between attempts. */
export type Limits = { signal?: AbortSignal | undefined; patience?: AbortSignal | undefined };

/** Runs an operation: each attempt has the timeout and counts in the breaker; the retry goes around both. */
export async function runWithPolicy<T>(
  policy: Policy | undefined,
  operation: Operation<T>,
  { signal, patience = signal }: Limits = {},
): Promise<T> {
  if (!policy) return operation(signal, 1);
  const backoff = policy.retry ? createBackoff(policy.retry) : undefined;
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(policy, (limit) => operation(limit, attempt), signal);
    } catch (error) {
      const waitMs = policy.retry && mayRetry(policy.retry, error) ? backoff?.() : undefined;
      if (waitMs === undefined || patience?.aborted) throw error instanceof PermanentError ? error.cause : error;
      await sleep(waitMs, undefined, patience && { signal: patience }).catch(() => {
        throw error;
      });
    }
  }
}

type Timed<T> = (signal: AbortSignal | undefined) => Promise<T>;

function attemptOnce<T>(policy: Policy, operation: Timed<T>, signal: AbortSignal | undefined): Promise<T> {
  const timed = () => (policy.timeoutMs > 0 ? withTimeout(policy.timeoutMs, operation, signal) : operation(signal));
  return policy.breaker ? policy.breaker.run(timed) : timed();
}

async function withTimeout<T>(timeoutMs: number, operation: Timed<T>, outer: AbortSignal | undefined): Promise<T> {
  const controller = new AbortController();
  const expired = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new DeadlineExceeded();
    expired.reject(error);
    controller.abort(error);
  }, timeoutMs);
  const signal = outer ? AbortSignal.any([controller.signal, outer]) : controller.signal;
  try {
    return await Promise.race([operation(signal), expired.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function mayRetry(retry: RetrySettings, error: unknown): boolean {
  if (error instanceof PermanentError || error instanceof BreakerOpen) return false;
  return error instanceof StatusError ? retry.matchesStatus(error.status) : true;
}
