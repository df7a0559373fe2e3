import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonOf, post, send } from './target/client.ts';
import { deliveries, eventOf } from './target/deliveries.ts';
import { eventually } from './target/eventually.ts';
import { startRabbitMq } from './target/rabbitmq.ts';
import type { RabbitMq } from './target/rabbitmq.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { TestApp } from './target/test-app.ts';

const CALLER = 'health-caller';
const APP = 'health-app';
const KEPT = { durable: 'true', deletedWhenUnused: 'false', requeueInFailure: 'true' };

let rabbitmq: RabbitMq;
let app: TestApp;
let target: Target;

const publish = (id: string) =>
  post(`${target.url(CALLER)}/v1.0/publish/rabbit/health-events?metadata.cloudevent.id=${id}`, {});
const invoke = () => send(`${target.url(CALLER)}/v1.0/invoke/${APP}/method/hello`);

/** Lets the app say how it is, and waits until its sidecar knows. */
async function becomes(state: 'well' | 'ill'): Promise<void> {
  app.on('/health', { status: state === 'well' ? 204 : 503 });
  await eventually(async () => {
    const { status } = await invoke();
    if ((status === 200) !== (state === 'well')) throw new Error(`not yet ${state}: ${status}`);
  });
}

beforeAll(async () => {
  rabbitmq = await startRabbitMq();
  app = await startApp({
    '/dapr/subscribe': { body: [{ pubsubname: 'rabbit', topic: 'health-events', route: '/events' }] },
    '/health': { status: 503 },
    '/hello': {},
    '/events': {},
  });
  target = await startTarget({
    resources: [component('rabbit', 'pubsub.rabbitmq', { connectionString: rabbitmq.connectionString, ...KEPT })],
    apps: [{ id: CALLER }, { id: APP, appPort: app.port, appApiToken: 'app-token', healthPath: '/health' }],
  });
}, 90_000);

afterAll(async () => {
  await target.close();
  await app.close();
  await rabbitmq.close();
});

const ill = 'rpc error: code = Internal desc = app is not in a healthy state';
const failed = (reason: string) => ({
  status: 500,
  body: { errorCode: 'ERR_DIRECT_INVOKE', message: `failed to invoke, id: ${APP}, err: ${reason}` },
});

describe('an app whose health is asked for', () => {
  it('is ill until it says that it is well, and is asked for nothing else, without a token', async () => {
    const answer = await invoke();
    const [probe] = await deliveries(app, '/health', 2);

    expect(jsonOf(answer)).toEqual(failed(`rpc error: code = Internal desc = error invoking app channel: ${ill}`));
    expect(new Set(app.received.map(({ method, target: path }) => `${method} ${path}`))).toEqual(
      new Set(['GET /health']),
    );
    expect(probe?.headers).not.toHaveProperty('dapr-api-token');
  });

  it('is called, is asked what it wants, and gets its events, when it is well', async () => {
    await becomes('well');

    await eventually(async () => {
      await publish('first');
      expect(app.at('/events').length).toBeGreaterThan(0);
    });

    expect(app.at('/dapr/subscribe')).toHaveLength(1);
  });

  it('is spared when it is ill, and gets its events when it is well again', async () => {
    await becomes('ill');
    const ownAnswer = await send(`${target.url(APP)}/v1.0/invoke/${APP}/method/hello`);
    app.clear();
    await publish('meanwhile');
    await deliveries(app, '/health', 3);
    const whileIll = app.received.map(({ target: path }) => path);

    await becomes('well');
    const [delivered] = await deliveries(app, '/events');

    expect(jsonOf(ownAnswer)).toEqual(failed(ill));
    expect(whileIll).toEqual(['/health', '/health', '/health']);
    expect(eventOf(delivered)['id']).toBe('meanwhile');
    expect(app.at('/dapr/subscribe')).toEqual([]);
  });

  it('does not make its sidecar unready', async () => {
    await becomes('ill');

    const statuses = [
      (await send(`${target.url(APP)}/v1.0/healthz`)).status,
      (await send(`${target.url(APP)}/v1.0/healthz/outbound`)).status,
    ];

    expect(statuses).toEqual([204, 204]);
  });
});
