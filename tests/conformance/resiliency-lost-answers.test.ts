import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonOf, send } from './target/client.ts';
import type { Answer } from './target/client.ts';
import { deliveries } from './target/deliveries.ts';
import { resiliency } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { TestApp } from './target/test-app.ts';

const CALLER = 'lost-caller';

/** An app for each policy; each is the same app behind its own sidecar. */
const CALLEES = { plain: 'lost-plain', named: 'lost-named', matched: 'lost-matched' };

let app: TestApp;
let target: Target;

const invoke = (callee: string, path: string): Promise<Answer> =>
  send(`${target.url(CALLER)}/v1.0/invoke/${callee}/method/${path}`, { method: 'POST', body: 'an order' });

beforeAll(async () => {
  app = await startApp({
    '/silent': () => new Promise<never>(() => {}),
    '/broken-off': () => Promise.reject(new Error('gone')),
  });
  target = await startTarget({
    resources: [
      resiliency('policies', {
        policies: {
          timeouts: { short: '300ms', long: '20s' },
          retries: {
            unmatched: { policy: 'constant', duration: '10ms', maxRetries: 2, matching: { httpStatusCodes: '429' } },
          },
        },
        targets: {
          apps: {
            [CALLEES.matched]: { timeout: 'short', retry: 'unmatched' },
            [CALLEES.named]: { timeout: 'long' },
          },
        },
      }),
    ],
    apps: [{ id: CALLER }, ...Object.values(CALLEES).map((id) => ({ id, appPort: app.port }))],
  });
});

afterAll(async () => {
  await target.close();
  await app.close();
});

beforeEach(() => app.clear());

describe('an invocation that comes to its app, and whose answer does not come', () => {
  it('is repeated by a policy, whatever it matches: because of its time', async () => {
    const answer = await invoke(CALLEES.matched, 'silent');

    expect(jsonOf(answer)).toEqual({
      status: 500,
      body: {
        errorCode: 'ERR_DIRECT_INVOKE',
        message: `failed to invoke, id: ${CALLEES.matched}, err: context deadline exceeded`,
      },
    });
    expect(app.received.map(({ body }) => body.toString())).toEqual(['an order', 'an order', 'an order']);
  });

  it('is repeated by a policy, whatever it matches: because its connection broke', async () => {
    expect((await invoke(CALLEES.matched, 'broken-off')).status).toBe(500);
    expect(app.received).toHaveLength(3);
  });

  it.each(['plain', 'named'] as const)('is not repeated without: %s', async (callee) => {
    const answer = await invoke(CALLEES[callee], 'broken-off');

    expect(jsonOf(answer)).toMatchObject({
      status: 500,
      body: { errorCode: 'ERR_DIRECT_INVOKE', message: expect.stringContaining('EOF') },
    });
    expect(app.received).toHaveLength(1);
  });

  it('is repeated without when the sidecar of its app ended, and has returned', async () => {
    const answer = invoke(CALLEES.plain, 'silent');
    await deliveries(app, '/silent');

    await target.stop(CALLEES.plain);
    app.on('/silent', {});
    await target.start(CALLEES.plain);

    expect((await answer).status).toBe(200);
    expect(app.at('/silent').map(({ body }) => body.toString())).toEqual(['an order', 'an order']);
    app.on('/silent', () => new Promise<never>(() => {}));
  });

  it('is not repeated then when a policy names its app', async () => {
    const answer = invoke(CALLEES.named, 'silent');
    await deliveries(app, '/silent');

    await target.stop(CALLEES.named);

    expect(jsonOf(await answer)).toMatchObject({ status: 500, body: { errorCode: 'ERR_DIRECT_INVOKE' } });
    await target.start(CALLEES.named);
    expect(app.at('/silent')).toHaveLength(1);
  });
});
