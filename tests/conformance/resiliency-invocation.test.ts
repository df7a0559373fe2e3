import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonOf, send } from './target/client.ts';
import { eventually } from './target/eventually.ts';
import { resiliency } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { TestApp } from './target/test-app.ts';

const CALLER = 'resilient-caller';

/** An app for each policy; each is the same app behind its own sidecar. */
const CALLEES = {
  retried: 'resilient-retried',
  matched: 'resilient-matched',
  endless: 'resilient-endless',
  growing: 'resilient-growing',
  timed: 'resilient-timed',
  timedAndRetried: 'resilient-timed-and-retried',
  broken: 'resilient-broken',
  brokenAndRetried: 'resilient-broken-and-retried',
  plain: 'resilient-plain',
};

let app: TestApp;
let target: Target;

const invoke = (callee: string, path: string, options = {}) =>
  send(`${target.url(CALLER)}/v1.0/invoke/${callee}/method/${path}`, options);
const failed = (id: string, reason: string) => ({
  status: 500,
  body: { errorCode: 'ERR_DIRECT_INVOKE', message: `failed to invoke, id: ${id}, err: ${reason}` },
});

/** Answers `statuses` one after the other, then 200. */
const oneAfterTheOther = (path: string, ...statuses: number[]) =>
  app.on(path, (_, before) => ({ status: statuses[before] ?? 200, body: { call: before + 1 } }));

beforeAll(async () => {
  app = await startApp();
  target = await startTarget({
    resources: [
      resiliency(
        'policies',
        {
          policies: {
            timeouts: { short: '300ms' },
            retries: {
              twice: { policy: 'constant', duration: '10ms', maxRetries: 2 },
              matching: {
                policy: 'constant',
                duration: '10ms',
                maxRetries: 2,
                matching: { httpStatusCodes: '429,500-502' },
              },
              endless: { policy: 'constant', duration: '5ms', maxRetries: -1 },
              growing: { policy: 'exponential', maxInterval: '2s', maxRetries: 1 },
            },
            circuitBreakers: {
              quick: { maxRequests: 1, timeout: '1s', trip: 'consecutiveFailures > 2' },
            },
          },
          targets: {
            apps: {
              [CALLEES.retried]: { retry: 'twice' },
              [CALLEES.matched]: { retry: 'matching' },
              [CALLEES.endless]: { retry: 'endless' },
              [CALLEES.growing]: { retry: 'growing' },
              [CALLEES.timed]: { timeout: 'short' },
              [CALLEES.timedAndRetried]: { timeout: 'short', retry: 'twice' },
              [CALLEES.broken]: { circuitBreaker: 'quick' },
              [CALLEES.brokenAndRetried]: { circuitBreaker: 'quick', retry: 'endless' },
            },
          },
        },
        [CALLER],
      ),
      resiliency(
        'of-somebody-else',
        {
          policies: { retries: { twice: { policy: 'constant', duration: '10ms', maxRetries: 2 } } },
          targets: { apps: { [CALLEES.plain]: { retry: 'twice' } } },
        },
        ['somebody-else'],
      ),
    ],
    apps: [{ id: CALLER }, ...Object.values(CALLEES).map((id) => ({ id, appPort: app.port }))],
  });
});

afterAll(async () => {
  await target.close();
  await app.close();
});

beforeEach(() => app.clear());

describe('an invocation without a policy', () => {
  it('is not tried again', async () => {
    oneAfterTheOther('/plain', 500);

    expect((await invoke(CALLEES.plain, 'plain')).status).toBe(500);
    expect(app.received).toHaveLength(1);
  });
});

describe('an invocation with retries', () => {
  it('ends with the first success', async () => {
    oneAfterTheOther('/recovering', 503, 500);

    expect(jsonOf(await invoke(CALLEES.retried, 'recovering'))).toEqual({ status: 200, body: { call: 3 } });
  });

  it('ends with the last failure', async () => {
    oneAfterTheOther('/failing', 500, 501, 502, 503);

    expect(jsonOf(await invoke(CALLEES.retried, 'failing'))).toEqual({ status: 502, body: { call: 3 } });
    expect(app.received).toHaveLength(3);
  });

  it('repeats whatever is no success, of any method, with its body', async () => {
    oneAfterTheOther('/missing', 404, 409);

    await invoke(CALLEES.retried, 'missing', { method: 'POST', body: 'the body' });

    expect(app.received.map(({ method, body }) => `${method} ${body.toString()}`)).toEqual([
      'POST the body',
      'POST the body',
      'POST the body',
    ]);
  });

  it.each([200, 204, 302, 304, 399])('takes %i for success', async (status) => {
    oneAfterTheOther('/fine', status);

    expect((await invoke(CALLEES.retried, 'fine')).status).toBe(status);
    expect(app.received).toHaveLength(1);
  });

  it('says at each try once more where it comes from', async () => {
    oneAfterTheOther('/traced', 500, 500);

    await invoke(CALLEES.retried, 'traced');

    expect(app.received.map(({ headers }) => headers['x-forwarded-for'])).toEqual([
      '127.0.0.1',
      '127.0.0.1, 127.0.0.1',
      '127.0.0.1, 127.0.0.1, 127.0.0.1',
    ]);
  });

  it('goes on for as long as it takes when there is no limit', async () => {
    oneAfterTheOther('/patient', 500, 500, 500, 500, 500, 500, 500);

    expect(jsonOf(await invoke(CALLEES.endless, 'patient'))).toEqual({ status: 200, body: { call: 8 } });
  });

  it('waits half a second and more before it grows', async () => {
    oneAfterTheOther('/growing', 500);
    const started = Date.now();

    expect((await invoke(CALLEES.growing, 'growing')).status).toBe(200);
    expect(Date.now() - started).toBeGreaterThanOrEqual(240);
  });

  it.each([429, 500, 501, 502])('repeats %i when that matches', async (status) => {
    oneAfterTheOther('/matching', status, status, status);

    expect((await invoke(CALLEES.matched, 'matching')).status).toBe(status);
    expect(app.received).toHaveLength(3);
  });

  it.each([400, 404, 428, 430, 499, 503])('does not repeat %i when that does not match', async (status) => {
    oneAfterTheOther('/unmatched', status);

    expect((await invoke(CALLEES.matched, 'unmatched')).status).toBe(status);
    expect(app.received).toHaveLength(1);
  });

  it('does not find an app that is not there either', async () => {
    const answer = await send(`${target.url(CALLER)}/v1.0/invoke/resilient-ghost/method/a`);

    expect(jsonOf(answer)).toEqual(failed('resilient-ghost', "couldn't find service: resilient-ghost"));
  });
});

describe('an invocation with a timeout', () => {
  const hangs = () => new Promise<never>(() => {});

  it('fails when it takes too long', async () => {
    app.on('/slow', hangs);

    expect(jsonOf(await invoke(CALLEES.timed, 'slow'))).toEqual(failed(CALLEES.timed, 'context deadline exceeded'));
    expect(app.received).toHaveLength(1);
  });

  it('succeeds when it does not', async () => {
    app.on('/quick', { body: { quick: true } });

    expect(jsonOf(await invoke(CALLEES.timed, 'quick'))).toEqual({ status: 200, body: { quick: true } });
  });

  it('has that time for each try', async () => {
    app.on('/slow-at-first', (_, before) => (before < 2 ? hangs() : { body: { call: before + 1 } }));

    expect(jsonOf(await invoke(CALLEES.timedAndRetried, 'slow-at-first'))).toEqual({ status: 200, body: { call: 3 } });
  });
});

describe('an invocation with a circuit breaker', () => {
  it.each([500, 404])('is refused after too many failures in a row, and let through later: %i', async (status) => {
    const path = `breaking-${status}`;
    oneAfterTheOther(`/${path}`, status, 200, status, status, status);
    const call = () => invoke(CALLEES.broken, path);

    const statuses = [];
    for (let calls = 0; calls < 5; calls++) statuses.push((await call()).status);
    const refused = await call();
    const callsUntilThen = app.received.length;
    const recovered = await eventually(async () => {
      const answer = await call();
      if (answer.status !== 200) throw new Error(`still ${answer.status}`);
      return jsonOf(answer);
    });

    expect(statuses).toEqual([status, 200, status, status, status]);
    expect(jsonOf(refused)).toEqual(failed(CALLEES.broken, 'circuit breaker is open'));
    expect([callsUntilThen, recovered.body]).toEqual([5, { call: 6 }]);
  });

  it('is refused again at once when it fails half open', async () => {
    oneAfterTheOther('/still-broken', 500, 500, 500, 500);
    const call = () => invoke(CALLEES.broken, 'still-broken');
    for (let calls = 0; calls < 3; calls++) await call();

    await eventually(async () => {
      if ((await call()).body.includes('circuit breaker is open')) throw new Error('still open');
    });
    const again = await call();

    expect(app.received).toHaveLength(4);
    expect(jsonOf(again)).toEqual(failed(CALLEES.broken, 'circuit breaker is open'));
  });

  it('has one for each method of an app', async () => {
    oneAfterTheOther('/broken-one', 500, 500, 500);
    oneAfterTheOther('/other-one');
    for (let calls = 0; calls < 3; calls++) await invoke(CALLEES.broken, 'broken-one');

    const statuses = [
      (await invoke(CALLEES.broken, 'broken-one')).body.includes('circuit breaker is open'),
      (await invoke(CALLEES.broken, 'other-one')).status,
    ];

    expect(statuses).toEqual([true, 200]);
  });

  it('is not tried again once it is refused', async () => {
    oneAfterTheOther('/refused-retries', 500, 500, 500, 500, 500, 500);

    const answer = await invoke(CALLEES.brokenAndRetried, 'refused-retries');

    expect(jsonOf(answer)).toEqual(failed(CALLEES.brokenAndRetried, 'circuit breaker is open'));
    expect(app.received).toHaveLength(3);
  });
});
