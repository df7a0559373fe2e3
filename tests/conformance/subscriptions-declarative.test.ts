import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { post, send } from './target/client.ts';
import { deliveredEvent, deliveries, eventOf } from './target/deliveries.ts';
import { component, subscription } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { TestApp } from './target/test-app.ts';

const APP = 'declarative-app';
const OTHER = 'declarative-other';

let app: TestApp;
let other: TestApp;
let target: Target;

const publish = (topic: string, body: unknown = {}) => post(`${target.url(APP)}/v1.0/publish/pubsub/${topic}`, body);
const subscriptionsOf = async (id: string) => {
  const { subscriptions = [] } = JSON.parse((await send(`${target.url(id)}/v1.0/metadata`)).body) as {
    subscriptions?: { topic: string }[];
  };
  return subscriptions.sort((one, another) => one.topic.localeCompare(another.topic));
};

beforeAll(async () => {
  app = await startApp({
    '/dapr/subscribe': {
      body: [
        { pubsubname: 'pubsub', topic: 'declared-both', route: '/from-app' },
        { pubsubname: 'pubsub', topic: 'declared-by-app', route: '/by-app' },
      ],
    },
    ...Object.fromEntries(
      ['/v1', '/v2', '/matched', '/scoped', '/from-app', '/by-app', '/by-file', '/raw', '/no-slash'].map((path) => [
        path,
        {},
      ]),
    ),
  });
  other = await startApp({ '/v1': {}, '/scoped': {}, '/other': {} });
  target = await startTarget({
    resources: [
      component('pubsub', 'pubsub.in-memory'),
      subscription('v1', { pubsubname: 'pubsub', topic: 'declared-v1', route: '/v1' }, [APP]),
      subscription(
        'v2',
        {
          pubsubname: 'pubsub',
          topic: 'declared-v2',
          routes: { rules: [{ match: 'event.type == "matched"', path: '/matched' }], default: '/v2' },
          deadLetterTopic: 'dead',
          metadata: { some: 'thing' },
        },
        [APP],
      ),
      subscription('no-slash', { pubsubname: 'pubsub', topic: 'declared-no-slash', routes: { default: 'no-slash' } }, [
        APP,
      ]),
      subscription('scoped', { pubsubname: 'pubsub', topic: 'declared-scoped', routes: { default: '/scoped' } }, [
        OTHER,
      ]),
      subscription('both', { pubsubname: 'pubsub', topic: 'declared-both', routes: { default: '/by-file' } }, [APP]),
      subscription(
        'raw',
        { pubsubname: 'pubsub', topic: 'declared-raw', route: '/raw', metadata: { rawPayload: 'true' } },
        [APP],
      ),
      subscription('unrouted', { pubsubname: 'pubsub', topic: 'declared-unrouted', routes: {} }, [APP]),
      subscription('elsewhere', { pubsubname: 'elsewhere', topic: 'declared-elsewhere', routes: { default: '/x' } }, [
        APP,
      ]),
      subscription('for-all', { pubsubname: 'pubsub', topic: 'declared-for-all', routes: { default: '/by-file' } }),
    ],
    apps: [
      { id: APP, appPort: app.port },
      { id: OTHER, appPort: other.port },
    ],
  });
});

afterAll(async () => {
  await target.close();
  await app.close();
  await other.close();
});

beforeEach(() => {
  app.clear();
  other.clear();
});

describe('a declared subscription', () => {
  it.each([
    ['declared-v1', '/v1'],
    ['declared-v2', '/v2'],
    ['declared-no-slash', '/no-slash'],
    ['declared-for-all', '/by-file'],
    ['declared-by-app', '/by-app'],
  ])('brings the events of %s to %s', async (topic, path) => {
    await publish(topic, { n: 1 });

    expect(await deliveredEvent(app, path)).toMatchObject({ topic, data: { n: 1 } });
  });

  it('routes by its rules', async () => {
    await publish('declared-v2?metadata.cloudevent.type=matched');

    expect(await deliveredEvent(app, '/matched')).toMatchObject({ type: 'matched' });
    expect(app.at('/v2')).toEqual([]);
  });

  it('takes raw payload by its metadata', async () => {
    await publish('declared-raw?metadata.rawPayload=true', 'x');

    expect(await deliveredEvent(app, '/raw')).toMatchObject({ data_base64: Buffer.from('x').toString('base64') });
  });

  it('is listed in the metadata, in its scope alone', async () => {
    const of = (topic: string, more: object = {}) => ({
      pubsubname: 'pubsub',
      topic,
      deadLetterTopic: '',
      type: 'DECLARATIVE',
      ...more,
    });

    expect([await subscriptionsOf(APP), await subscriptionsOf(OTHER)]).toEqual([
      [
        of('declared-both', { rules: [{ path: '/from-app' }], type: 'PROGRAMMATIC' }),
        of('declared-by-app', { rules: [{ path: '/by-app' }], type: 'PROGRAMMATIC' }),
        { ...of('declared-elsewhere', { rules: [{ path: '/x' }] }), pubsubname: 'elsewhere' },
        of('declared-for-all', { rules: [{ path: '/by-file' }] }),
        of('declared-no-slash', { rules: [{ path: 'no-slash' }] }),
        of('declared-raw', { rules: [{ path: '/raw' }], metadata: { rawPayload: 'true' } }),
        of('declared-unrouted'),
        of('declared-v1', { rules: [{ path: '/v1' }] }),
        of('declared-v2', {
          rules: [{ match: 'event.type == "matched"', path: '/matched' }, { path: '/v2' }],
          deadLetterTopic: 'dead',
          metadata: { some: 'thing' },
        }),
      ],
      [
        of('declared-for-all', { rules: [{ path: '/by-file' }] }),
        of('declared-scoped', { rules: [{ path: '/scoped' }] }),
      ],
    ]);
  });

  it("gives way to the app's own of the same topic", async () => {
    await publish('declared-both', { n: 1 });
    await publish('declared-for-all', { n: 2 });

    expect(await deliveredEvent(app, '/from-app')).toMatchObject({ data: { n: 1 } });
    const byFile = await deliveries(app, '/by-file');
    expect(byFile.map((request) => eventOf(request)['topic'])).toEqual(['declared-for-all']);
  });
});
