import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { post, send } from './target/client.ts';
import { deliveries } from './target/deliveries.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { TestApp } from './target/test-app.ts';

const GUARDED = 'tokens-guarded';
const OPEN = 'tokens-open';
const TOKEN = 'token of the sidecar';

let app: TestApp;
let open: TestApp;
let target: Target;

const ask = (path: string, token?: string, options: { method?: string; body?: string } = {}) =>
  send(`${target.url(GUARDED)}${path}`, {
    ...options,
    headers: token === undefined ? {} : { 'dapr-api-token': token },
  });

beforeAll(async () => {
  const handlers = {
    '/dapr/subscribe': { body: [{ pubsubname: 'pubsub', topic: 'events', route: '/events' }] },
    '/events': {},
    '/echo': {},
  };
  app = await startApp(handlers);
  open = await startApp(handlers);
  target = await startTarget({
    resources: [component('memory', 'state.in-memory'), component('pubsub', 'pubsub.in-memory')],
    apps: [
      { id: GUARDED, appPort: app.port, daprApiToken: TOKEN, appApiToken: 'token of the app' },
      { id: OPEN, appPort: open.port },
    ],
  });
});

afterAll(async () => {
  await target.close();
  await app.close();
  await open.close();
});

describe('a sidecar with a token', () => {
  it.each([
    ['GET', '/v1.0/metadata'],
    ['GET', '/v1.0/state/memory/key'],
    ['POST', '/v1.0/publish/pubsub/nobody'],
    ['GET', '/nowhere'],
    ['POST', '/v1.0/healthz'],
  ])('refuses %s %s without it', async (method, path) => {
    const refusals = [await ask(path, undefined, { method }), await ask(path, 'another token', { method })];

    expect(refusals.map(({ status, headers, body }) => ({ status, type: headers['content-type'], body }))).toEqual(
      refusals.map(() => ({ status: 401, type: 'text/plain; charset=utf-8', body: 'invalid api token\n' })),
    );
  });

  it('answers with it', async () => {
    expect((await ask('/v1.0/state/memory/key', TOKEN)).status).toBe(204);
  });

  it('tells its health to anybody', async () => {
    expect([(await ask('/v1.0/healthz')).status, (await ask('/v1.0/healthz/outbound')).status]).toEqual([204, 204]);
  });

  it('lets other sidecars in without it', async () => {
    expect((await send(`${target.url(OPEN)}/v1.0/invoke/${GUARDED}/method/echo`)).status).toBe(200);
  });
});

describe('an app with a token', () => {
  beforeEach(() => open.clear());

  it('gets it when it is asked for subscriptions and configuration', () => {
    const asked = ['/dapr/config', '/dapr/subscribe'].flatMap((path) => app.at(path));

    expect(asked.map(({ headers }) => headers['dapr-api-token'])).toEqual(['token of the app', 'token of the app']);
  });

  it('gets it with events', async () => {
    await ask('/v1.0/publish/pubsub/events', TOKEN, { method: 'POST', body: '{}' });

    const [delivered] = await deliveries(app, '/events');
    expect(delivered!.headers['dapr-api-token']).toBe('token of the app');
  });

  it.each([
    ['itself', GUARDED],
    ['another app', OPEN],
  ])('gets it with an invocation by %s, in place of that of the caller', async (_, caller) => {
    app.clear();

    await send(`${target.url(caller)}/v1.0/invoke/${GUARDED}/method/echo`, { headers: { 'dapr-api-token': TOKEN } });

    expect(app.at('/echo').map(({ headers }) => headers['dapr-api-token'])).toEqual(['token of the app']);
  });
});

describe('an app without a token', () => {
  it('gets none with events', async () => {
    open.clear();
    await post(`${target.url(OPEN)}/v1.0/publish/pubsub/events`, {});

    const [delivered] = await deliveries(open, '/events');
    expect(delivered!.headers).not.toHaveProperty('dapr-api-token');
  });

  it('does not get that of its caller from another sidecar', async () => {
    open.clear();

    await send(`${target.url(GUARDED)}/v1.0/invoke/${OPEN}/method/echo`, { headers: { 'dapr-api-token': TOKEN } });

    expect(open.at('/echo').map(({ headers }) => 'dapr-api-token' in headers)).toEqual([false]);
  });
});
