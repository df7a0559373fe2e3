import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { meaningful, post, send } from './target/client.ts';
import { deliveredEvent, deliveries } from './target/deliveries.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { TestApp } from './target/test-app.ts';

const APP = 'programmatic-app';

/** How apps that subscribe to nothing, or cannot say it, answer `GET /dapr/subscribe`. */
const SILENT = {
  'programmatic-404': { status: 404 },
  'programmatic-500': { status: 500, body: [{ pubsubname: 'pubsub', topic: 'of-500', route: '/got' }] },
  'programmatic-201': { status: 201, body: [{ pubsubname: 'pubsub', topic: 'of-201', route: '/got' }] },
  'programmatic-empty': { status: 200, body: '' },
  'programmatic-bad': { status: 200, body: '[{"pubsubname":' },
  'programmatic-object': { status: 200, body: { pubsubname: 'pubsub', topic: 'of-object', route: '/got' } },
  'programmatic-bad-rule': {
    status: 200,
    body: [
      { pubsubname: 'pubsub', topic: 'of-bad-rule', routes: { rules: [{ match: 'event.type ==', path: '/got' }] } },
    ],
  },
  'programmatic-no-pubsub': { status: 200, body: [{ pubsubname: 'elsewhere', topic: 'of-no-pubsub', route: '/got' }] },
};

let app: TestApp;
const silent = new Map<string, TestApp>();
let target: Target;

type ListedSubscription = { pubsubname: string; topic: string };

const subscriptionsOf = async (id: string) => {
  const { subscriptions = [] } = JSON.parse((await send(`${target.url(id)}/v1.0/metadata`)).body) as {
    subscriptions?: ListedSubscription[];
  };
  return subscriptions.sort((one, other) => one.topic.localeCompare(other.topic));
};

const publish = (topic: string, body: unknown = {}) => post(`${target.url(APP)}/v1.0/publish/pubsub/${topic}`, body);

beforeAll(async () => {
  app = await startApp({
    '/dapr/subscribe': {
      body: [
        { pubsubname: 'pubsub', topic: 'simple', route: '/simple' },
        { pubsubname: 'pubsub', topic: 'no-slash', route: 'no-slash' },
        { pubsubname: 'pubsub', topic: 'deep', route: '/a//b/../c?query=lost' },
        { pubsubname: 'pubsub', topic: 'default-wins', route: '/route', routes: { default: '/default' } },
        { pubsubname: 'pubsub', topic: 'no-route' },
        {
          pubsubname: 'pubsub',
          topic: 'whole',
          deadLetterTopic: 'dead',
          metadata: { some: 'thing' },
          routes: { rules: [{ match: 'event.type == "a"', path: '/a' }], default: '/whole' },
          bulkSubscribe: { enabled: false },
        },
        { PubsubName: 'pubsub', TOPIC: 'cased', Route: '/cased' },
        { pubsubname: 'pubsub', topic: 'twice', route: '/twice-1' },
        { pubsubname: 'pubsub', topic: 'twice', route: '/twice-2' },
        { pubsubname: 'elsewhere', topic: 'lost', route: '/lost' },
      ],
    },
    ...Object.fromEntries(
      ['simple', 'no-slash', 'a/c', 'default', 'whole', 'cased', 'twice-1', 'twice-2'].map((path) => [`/${path}`, {}]),
    ),
  });
  for (const [id, reply] of Object.entries(SILENT)) {
    silent.set(id, await startApp({ '/dapr/subscribe': reply, '/got': {} }));
  }
  target = await startTarget({
    resources: [component('pubsub', 'pubsub.in-memory')],
    apps: [{ id: APP, appPort: app.port }, ...[...silent].map(([id, { port }]) => ({ id, appPort: port }))],
  });
});

afterAll(async () => {
  await target.close();
  await Promise.all([app, ...silent.values()].map((each) => each.close()));
});

describe('a sidecar that meets its app', () => {
  it('asks for its configuration first, then for its subscriptions, once each', () => {
    const asked = app.received.filter(({ target: to }) => to.startsWith('/dapr/'));

    expect(asked.map(({ method, target: to }) => `${method} ${to}`)).toEqual([
      'GET /dapr/config',
      'GET /dapr/subscribe',
    ]);
  });

  it('asks for subscriptions as JSON, and says for whom', () => {
    const [asked] = app.at('/dapr/subscribe');

    expect({ headers: meaningful(asked!.headers), body: asked!.body.toString() }).toEqual({
      headers: {
        'content-type': 'application/json',
        'dapr-app-id': APP,
        'user-agent': 'Go-http-client/1.1',
      },
      body: '',
    });
  });

  it('does not ask again', async () => {
    app.on('/dapr/subscribe', { body: [{ pubsubname: 'pubsub', topic: 'late', route: '/late' }] });

    await publish('late');
    await publish('simple');
    await deliveries(app, '/simple');

    expect(app.at('/late')).toEqual([]);
    expect(app.at('/dapr/subscribe')).toHaveLength(1);
  });
});

describe('subscriptions that an app lists', () => {
  it.each([
    ['simple', '/simple', '/simple'],
    ['no-slash', '/no-slash', '/no-slash'],
    ['default-wins', '/default', '/default'],
    ['cased', '/cased', '/cased'],
  ])('bring the events of %s to %s', async (topic, path, received) => {
    app.clear();

    await publish(topic, { topic });

    expect(await deliveredEvent(app, path)).toMatchObject({ topic, data: { topic } });
    expect(app.received.map(({ target: to }) => to)).toEqual([received]);
  });

  it('count once for a topic, the last of them', async () => {
    app.clear();

    await publish('twice');
    await publish('simple');

    await deliveries(app, '/simple');
    await deliveries(app, '/twice-2');
    expect(app.at('/twice-1')).toEqual([]);
  });

  it('are listed in the metadata with their rules', async () => {
    const of = (topic: string, more: object) => ({
      pubsubname: 'pubsub',
      topic,
      deadLetterTopic: '',
      type: 'PROGRAMMATIC',
      ...more,
    });

    expect(await subscriptionsOf(APP)).toEqual([
      of('cased', { rules: [{ path: '/cased' }] }),
      of('deep', { rules: [{ path: '/a//b/../c?query=lost' }] }),
      of('default-wins', { rules: [{ path: '/default' }] }),
      { ...of('lost', { rules: [{ path: '/lost' }] }), pubsubname: 'elsewhere' },
      of('no-slash', { rules: [{ path: 'no-slash' }] }),
      of('simple', { rules: [{ path: '/simple' }] }),
      of('twice', { rules: [{ path: '/twice-2' }] }),
      of('whole', {
        deadLetterTopic: 'dead',
        metadata: { some: 'thing' },
        rules: [{ match: 'event.type == "a"', path: '/a' }, { path: '/whole' }],
      }),
    ]);
  });
});

describe('an app that subscribes to nothing, or cannot say it', () => {
  it.each(Object.keys(SILENT).filter((id) => id !== 'programmatic-no-pubsub'))(
    'has no subscriptions: %s',
    async (id) => {
      expect(await subscriptionsOf(id)).toEqual([]);
    },
  );

  it('is ready all the same', async () => {
    const statuses = await Promise.all(
      Object.keys(SILENT).map(async (id) => (await send(`${target.url(id)}/v1.0/healthz`)).status),
    );

    expect(new Set(statuses)).toEqual(new Set([204]));
  });
});
