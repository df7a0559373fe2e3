import { describe, expect, it } from '@jest/globals';
import { createBreaker } from '../src/resiliency/circuit-breaker.ts';
import { createResiliency } from '../src/resiliency/create-resiliency.ts';
import { parseDurationMs } from '../src/resiliency/duration.ts';
import { PermanentError, StatusError } from '../src/resiliency/errors.ts';
import { runWithPolicy } from '../src/resiliency/policy.ts';
import { createBackoff, parseRetry } from '../src/resiliency/retry.ts';
import { resiliency } from './support/resources.ts';

describe('durations', () => {
  it.each([
    ['5s', 5000],
    ['1m30s', 90_000],
    ['250ms', 250],
    ['1.5h', 5_400_000],
    ['700', 700],
    [700, 700],
  ])('reads %p', (text, expected) => {
    expect(parseDurationMs(text)).toBe(expected);
  });

  it.each(['', 'soon', '5 s', '5s!'])('refuses %p', (text) => {
    expect(() => parseDurationMs(text)).toThrow('invalid duration');
  });
});

describe('backoff', () => {
  it('is constant for ever unless retries are counted', () => {
    const endless = createBackoff(parseRetry({}));
    const counted = createBackoff(parseRetry({ duration: '10ms', maxRetries: 2 }));

    expect([endless(), endless(), endless()]).toEqual([5000, 5000, 5000]);
    expect([counted(), counted(), counted()]).toEqual([10, 10, undefined]);
  });

  it('grows up to its longest interval', () => {
    const spec = {
      policy: 'exponential',
      initialInterval: '100ms',
      multiplier: 2,
      maxInterval: '300ms',
      randomizationFactor: 0,
    };
    const backoff = createBackoff(parseRetry(spec));

    expect([backoff(), backoff(), backoff(), backoff()]).toEqual([100, 200, 300, 300]);
  });

  it('ends when its whole time would be over', () => {
    let now = 0;
    const spec = { policy: 'exponential', initialInterval: '100ms', maxElapsedTime: '150ms', randomizationFactor: 0 };
    const backoff = createBackoff(parseRetry(spec), () => now);

    expect(backoff()).toBe(100);
    now = 100;
    expect(backoff()).toBeUndefined();
  });

  it('matches statuses and ranges of them', () => {
    const { matchesStatus } = parseRetry({ matching: { httpStatusCodes: '429,500-503' } });

    expect([429, 499, 500, 503, 504].map(matchesStatus)).toEqual([true, false, true, true, false]);
    expect(() => parseRetry({ matching: { httpStatusCodes: '99' } })).toThrow('invalid pattern 99');
    expect(() => parseRetry({ matching: { httpStatusCodes: '503-500' } })).toThrow('invalid pattern 503-500');
  });
});

describe('circuit breaker', () => {
  function failing(): Promise<never> {
    return Promise.reject(new Error('down'));
  }

  it('opens after failures in a row, tries once when its time is over, and closes again', async () => {
    let now = 0;
    const settings = { name: 'b', maxRequests: 1, intervalMs: 0, timeoutMs: 1000, trip: 'consecutiveFailures > 1' };
    const breaker = createBreaker(settings, () => now);

    await expect(breaker.run(failing)).rejects.toThrow('down');
    await expect(breaker.run(failing)).rejects.toThrow('down');
    await expect(breaker.run(async () => 1)).rejects.toThrow('circuit breaker is open');
    now = 1000;
    const trial = Promise.withResolvers<number>();
    const first = breaker.run(() => trial.promise);
    await expect(breaker.run(async () => 2)).rejects.toThrow('too many requests');
    trial.resolve(3);

    await expect(first).resolves.toBe(3);
    await expect(breaker.run(async () => 4)).resolves.toBe(4);
  });

  it('opens again at once when the trial fails', async () => {
    let now = 0;
    const settings = { name: 'b', maxRequests: 1, intervalMs: 0, timeoutMs: 1000, trip: 'totalFailures >= 1' };
    const breaker = createBreaker(settings, () => now);

    await expect(breaker.run(failing)).rejects.toThrow('down');
    now = 1000;
    await expect(breaker.run(failing)).rejects.toThrow('down');
    await expect(breaker.run(failing)).rejects.toThrow('circuit breaker is open');
  });

  it('forgets failures after its interval', async () => {
    let now = 0;
    const settings = { name: 'b', maxRequests: 1, intervalMs: 100, timeoutMs: 1000, trip: 'consecutiveFailures >= 2' };
    const breaker = createBreaker(settings, () => now);

    await expect(breaker.run(failing)).rejects.toThrow('down');
    now = 100;
    await expect(breaker.run(failing)).rejects.toThrow('down');
    await expect(breaker.run(async () => 'closed')).resolves.toBe('closed');
  });

  it('takes more than five failures when nothing else is said', async () => {
    const breaker = createBreaker({ name: 'b', maxRequests: 1, intervalMs: 0, timeoutMs: 1000, trip: '' });

    for (let n = 0; n < 6; n++) await expect(breaker.run(failing)).rejects.toThrow('down');
    await expect(breaker.run(failing)).rejects.toThrow('circuit breaker is open');
  });
});

describe('policy', () => {
  const policy = {
    timeoutMs: 0,
    breaker: undefined,
    retry: parseRetry({ duration: '1ms', maxRetries: 2, matching: { httpStatusCodes: '500' } }),
  };

  it('gives the last error when the retries are used up', async () => {
    let attempts = 0;

    const run = runWithPolicy(policy, async () => {
      throw new Error(`attempt ${++attempts}`);
    });

    await expect(run).rejects.toThrow('attempt 3');
  });

  it('repeats neither what is permanent nor a status that does not match', async () => {
    const calls: string[] = [];
    const fail = (name: string, error: Error) => () => {
      calls.push(name);
      return Promise.reject(error);
    };

    await expect(runWithPolicy(policy, fail('permanent', new PermanentError(new Error('no'))))).rejects.toThrow('no');
    await expect(runWithPolicy(policy, fail('404', new StatusError(404, 'none')))).rejects.toThrow('none');
    await expect(runWithPolicy(policy, fail('500', new StatusError(500, 'bad')))).rejects.toThrow('bad');

    expect(calls).toEqual(['permanent', '404', '500', '500', '500']);
  });

  it('ends an attempt that takes too long, and tells it so', async () => {
    const told = Promise.withResolvers<string>();

    const run = runWithPolicy({ ...policy, timeoutMs: 5, retry: undefined }, (signal) => {
      signal?.addEventListener('abort', () => told.resolve('stopped'));
      return new Promise(() => undefined);
    });

    await expect(run).rejects.toThrow('context deadline exceeded');
    await expect(told.promise).resolves.toBe('stopped');
  });
});

describe('targets', () => {
  const policies = {
    timeouts: { DefaultTimeoutPolicy: '9s', DefaultComponentOutboundTimeoutPolicy: '8s', own: '7s' },
    retries: { DefaultAppRetryPolicy: { maxRetries: 1 }, DaprBuiltInServiceRetries: { duration: '2s', maxRetries: 1 } },
  };
  const runner = createResiliency(
    [resiliency({ policies, targets: { components: { named: { outbound: { timeout: 'own' } } } } })],
    'post',
    'default',
  );
  const component = (name: string, direction: 'inbound' | 'outbound') =>
    runner.policyOf({ kind: 'component', type: 'Pubsub', name, direction });

  it('take their own policies, or the narrowest default', () => {
    expect(component('named', 'outbound')?.timeoutMs).toBe(7000);
    expect(component('named', 'inbound')).toBeUndefined();
    expect(component('other', 'outbound')?.timeoutMs).toBe(8000);
    expect(component('other', 'inbound')?.timeoutMs).toBe(9000);
    expect(runner.policyOf({ kind: 'app', name: 'like', endpoint: 'like:x' })?.retry?.maxRetries).toBe(1);
  });

  it('never have fewer than three built-in retries', () => {
    expect(runner.builtInServiceRetries.retry).toEqual(expect.objectContaining({ durationMs: 2000, maxRetries: 3 }));
  });
});
