import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { post } from './target/client.ts';
import { deliveredEvent, deliveries, eventOf } from './target/deliveries.ts';
import { eventually } from './target/eventually.ts';
import { component, resiliency } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { Reply, TestApp } from './target/test-app.ts';

const APP = 'resilient-subscriber';
const PUBSUBS = ['retried', 'matched', 'timed', 'broken'];

let app: TestApp;
let target: Target;

const publish = (pubsub: string, topic: string, id = topic) =>
  post(`${target.url(APP)}/v1.0/publish/${pubsub}/${topic}?metadata.cloudevent.id=${id}`, {});

/** Answers the first deliveries as told, the later ones with success. */
const oneAfterTheOther = (path: string, ...replies: Reply[]) => app.on(path, (_, before) => replies[before] ?? {});
const failure = { status: 500 };

beforeAll(async () => {
  app = await startApp({
    '/dapr/subscribe': {
      body: PUBSUBS.flatMap((pubsubname) => [
        { pubsubname, topic: 'events', route: '/events', deadLetterTopic: 'dead' },
        { pubsubname, topic: 'alone', route: '/alone' },
        {
          pubsubname,
          topic: 'bulk',
          route: '/bulk',
          deadLetterTopic: 'dead',
          bulkSubscribe: { enabled: true, maxMessagesCount: 1 },
        },
        { pubsubname, topic: 'dead', route: '/dead' },
        { pubsubname, topic: 'last', route: '/last' },
      ]),
    },
    '/dead': {},
    '/last': {},
  });
  target = await startTarget({
    resources: [
      ...PUBSUBS.map((name) => component(name, 'pubsub.in-memory')),
      resiliency('policies', {
        policies: {
          timeouts: { short: '200ms' },
          retries: {
            twice: { policy: 'constant', duration: '10ms', maxRetries: 2 },
            matching: {
              policy: 'constant',
              duration: '10ms',
              maxRetries: 2,
              matching: { httpStatusCodes: '429,500-599' },
            },
          },
          circuitBreakers: { quick: { maxRequests: 1, timeout: '500ms', trip: 'consecutiveFailures > 1' } },
        },
        targets: {
          components: {
            retried: { inbound: { retry: 'twice' } },
            matched: { inbound: { retry: 'matching' } },
            timed: { inbound: { timeout: 'short' } },
            broken: { inbound: { circuitBreaker: 'quick' } },
          },
        },
      }),
    ],
    apps: [{ id: APP, appPort: app.port }],
  });
});

afterAll(async () => {
  await target.close();
  await app.close();
});

beforeEach(() => app.clear());

describe('a delivery with retries', () => {
  it.each([
    ['a status', { status: 503 }],
    ['RETRY', { body: { status: 'RETRY' } }],
    ['an unknown word', { body: { status: 'drop' } }],
  ])('is tried again after %s, until it succeeds', async (_, reply) => {
    oneAfterTheOther('/events', reply, reply);

    await publish('retried', 'events');
    await publish('retried', 'last');
    await deliveries(app, '/events', 3);
    await deliveries(app, '/last');

    expect([app.at('/events').length, app.at('/dead').length]).toEqual([3, 0]);
  });

  it('goes to the dead letter after the last try', async () => {
    oneAfterTheOther('/events', failure, failure, failure, failure);

    await publish('retried', 'events', 'doomed');

    expect(await deliveredEvent(app, '/dead')).toMatchObject({ id: 'doomed', topic: 'events' });
    expect(app.at('/events').map((request) => eventOf(request)['id'])).toEqual(['doomed', 'doomed', 'doomed']);
  });

  it.each([
    ['DROP', { body: { status: 'DROP' } }],
    ['404', { status: 404 }],
  ])('is not tried again after %s', async (_, reply) => {
    oneAfterTheOther('/events', reply, reply, reply);

    await publish('retried', 'events', 'dropped');

    expect(await deliveredEvent(app, '/dead')).toMatchObject({ id: 'dropped' });
    expect(app.at('/events')).toHaveLength(1);
  });

  it('is over after the last try where there is no dead letter', async () => {
    oneAfterTheOther('/alone', failure, failure, failure, failure, failure);

    await publish('retried', 'alone');
    await deliveries(app, '/alone', 3);
    await publish('retried', 'last');
    await deliveries(app, '/last');

    expect(app.at('/alone')).toHaveLength(3);
  });

  it('is tried again only for a status that matches', async () => {
    oneAfterTheOther('/events', { status: 400 }, { status: 400 });

    await publish('matched', 'events', 'unmatched');

    expect(await deliveredEvent(app, '/dead')).toMatchObject({ id: 'unmatched' });
    expect(app.at('/events')).toHaveLength(1);
  });

  it('is tried again for RETRY whatever matches', async () => {
    const retry = { body: { status: 'RETRY' } };
    oneAfterTheOther('/events', retry, { status: 503 });

    await publish('matched', 'events');
    await deliveries(app, '/events', 3);

    expect(app.at('/dead')).toEqual([]);
  });

  it('is tried again in bulk with what failed', async () => {
    app.on('/bulk', (request, before) => {
      const { entries } = eventOf(request) as { entries: { entryId: string }[] };
      const status = before < 2 ? 'RETRY' : 'SUCCESS';
      return { body: { statuses: entries.map(({ entryId }) => ({ entryId, status })) } };
    });

    await publish('retried', 'bulk');
    await deliveries(app, '/bulk', 3);

    expect(app.at('/dead')).toEqual([]);
  });
});

describe('a delivery with a timeout', () => {
  it('fails when the app takes too long', async () => {
    app.on('/events', () => new Promise<never>(() => {}));

    await publish('timed', 'events', 'late');

    expect(await deliveredEvent(app, '/dead')).toMatchObject({ id: 'late' });
  });
});

describe('a delivery with a circuit breaker', () => {
  it('does not reach the app, on any topic, once too many failed, and does later', async () => {
    oneAfterTheOther('/alone', failure, failure);

    await publish('broken', 'alone', 'failed-1');
    await publish('broken', 'alone', 'failed-2');
    await deliveries(app, '/alone', 2);
    await publish('broken', 'alone', 'refused');
    await publish('broken', 'last', 'refused');
    await eventually(async () => {
      await publish('broken', 'alone', 'accepted');
      if (app.at('/alone').length < 3) throw new Error('the circuit is still open');
    });

    expect(app.received.map((request) => eventOf(request)['id']).slice(0, 3)).toEqual([
      'failed-1',
      'failed-2',
      'accepted',
    ]);
  });
});
