import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { post } from './target/client.ts';
import { deliveredEvent, deliveries, eventOf } from './target/deliveries.ts';
import { eventually } from './target/eventually.ts';
import { startRabbitMq } from './target/rabbitmq.ts';
import type { RabbitMq } from './target/rabbitmq.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { Handler, TestApp } from './target/test-app.ts';

const APP = 'bulk-subscribe-app';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

type Entry = { entryId: string; event: Record<string, unknown>; contentType: string; metadata: Record<string, string> };
type Bulk = { id: string; entries: Entry[] } & Record<string, unknown>;

let rabbitmq: RabbitMq;
let app: TestApp;
let target: Target;

const publish = (topic: string, ids: string[]) =>
  post(
    `${target.url(APP)}/v1.0/publish/bulk/pubsub/${topic}`,
    ids.map((id) => ({ entryId: id, event: 'x', contentType: 'text/plain', metadata: { 'cloudevent.id': id } })),
  );
const bulksAt = async (path: string, count = 1) => (await deliveries(app, path, count)).map(eventOf) as Bulk[];
const idsOf = ({ entries }: Bulk) => entries.map(({ event }) => String(event['id']));

/** Answers each entry by the id of its event; undefined leaves it out. */
const byEvent =
  (statusOf: (id: string) => string | undefined): Handler =>
  (request) => {
    const { entries } = eventOf(request) as Bulk;
    const statuses = entries.flatMap(({ entryId, event }) => {
      const status = statusOf(String(event['id']));
      return status === undefined ? [] : [{ entryId, status }];
    });
    return { body: { statuses } };
  };

beforeAll(async () => {
  rabbitmq = await startRabbitMq();
  const bulk = (topic: string, more: object = {}) => ({
    pubsubname: 'pubsub',
    topic,
    route: `/${topic}`,
    deadLetterTopic: 'dead',
    bulkSubscribe: { enabled: true, maxMessagesCount: 3, maxAwaitDurationMs: 300 },
    ...more,
  });
  app = await startApp({
    '/dapr/subscribe': {
      body: [
        bulk('whole'),
        bulk('mixed'),
        bulk('refused'),
        bulk('missing-path'),
        bulk('odd-answer'),
        bulk('raw', { metadata: { rawPayload: 'true' } }),
        bulk('routed', {
          routes: { rules: [{ match: 'event.id == "apart"', path: '/routed-apart' }], default: '/routed' },
        }),
        { pubsubname: 'pubsub', topic: 'dead', route: '/dead' },
      ],
    },
    ...Object.fromEntries(['/whole', '/routed', '/routed-apart'].map((path) => [path, byEvent(() => 'SUCCESS')])),
    '/raw': (request) => ({
      body: { statuses: (eventOf(request) as Bulk).entries.map(({ entryId }) => ({ entryId, status: 'SUCCESS' })) },
    }),
    '/mixed': byEvent((id) => ({ ok: 'SUCCESS', drop: 'DROP', retry: 'RETRY', odd: 'ODD', small: 'success' })[id]),
    '/refused': { status: 500 },
    '/odd-answer': { status: 200, body: 'fine' },
    '/dead': {},
  });
  target = await startTarget({
    resources: [component('pubsub', 'pubsub.rabbitmq', { connectionString: rabbitmq.connectionString })],
    apps: [{ id: APP, appPort: app.port }],
  });
}, 90_000);

afterAll(async () => {
  await target.close();
  await app.close();
  await rabbitmq.close();
});

beforeEach(() => app.clear());

describe('events that are delivered in bulk', () => {
  it('come in one envelope, each with an id of its own', async () => {
    await publish('whole', ['a', 'b', 'c']);

    const [bulk] = await bulksAt('/whole');
    expect({ ...bulk, entries: bulk!.entries.sort((one, other) => idOf(one).localeCompare(idOf(other))) }).toEqual({
      id: expect.stringMatching(UUID),
      type: 'com.dapr.event.sent.bulk',
      topic: 'whole',
      pubsubname: 'pubsub',
      metadata: { pubsubName: 'pubsub' },
      entries: ['a', 'b', 'c'].map((id) => ({
        entryId: expect.stringMatching(UUID),
        event: expect.objectContaining({ id, data: 'x', source: APP }),
        metadata: {},
        contentType: 'application/cloudevents+json',
      })),
    });
  });

  it('come as JSON, with the pub/sub in a header', async () => {
    await publish('whole', ['a']);

    const [{ headers, method }] = (await deliveries(app, '/whole')) as [ReturnType<TestApp['at']>[number]];
    expect([method, headers['content-type'], headers['pubsubname']]).toEqual(['POST', 'application/json', 'pubsub']);
  });

  it('come when there are enough of them, or the time is over', async () => {
    await publish('whole', ['1', '2', '3', '4', '5']);

    const bulks = await eventually(() => {
      const seen = app.at('/whole').map(eventOf) as Bulk[];
      if (seen.flatMap(idsOf).length < 5) throw new Error('not all have come');
      return seen;
    });
    expect(bulks.map(({ entries }) => entries.length)).toEqual([3, 2]);
    expect(bulks.flatMap(idsOf).sort()).toEqual(['1', '2', '3', '4', '5']);
  });

  it('are told apart by their routes', async () => {
    await publish('routed', ['a', 'apart', 'b']);

    const [together] = await bulksAt('/routed');
    const [apart] = await bulksAt('/routed-apart');
    expect([idsOf(together!).sort(), idsOf(apart!)]).toEqual([['a', 'b'], ['apart']]);
  });

  it('come as base64 to a raw subscriber', async () => {
    await post(`${target.url(APP)}/v1.0/publish/pubsub/raw?metadata.rawPayload=true`, 'bytes');

    const [bulk] = await bulksAt('/raw');
    expect(bulk!.entries).toEqual([
      {
        entryId: expect.stringMatching(UUID),
        event: Buffer.from('bytes').toString('base64'),
        metadata: {},
        contentType: 'application/octet-stream',
      },
    ]);
  });
});

describe('the answer to a bulk', () => {
  const deadIds = async (count: number) =>
    (await deliveries(app, '/dead', count)).map((request) => eventOf(request)['id']).sort();

  it('says of each entry what becomes of it', async () => {
    await publish('mixed', ['ok', 'drop', 'retry']);

    expect(await deadIds(2)).toEqual(['drop', 'retry']);
  });

  it('fails the entries that it leaves out, or says something odd of', async () => {
    await publish('mixed', ['ok', 'left-out', 'odd']);

    expect(await deadIds(2)).toEqual(['left-out', 'odd']);
  });

  it('is case-sensitive', async () => {
    await publish('mixed', ['ok', 'small']);

    expect(await deadIds(1)).toEqual(['small']);
  });

  it.each(['refused', 'odd-answer'])('fails them all when it is no answer: %s', async (topic) => {
    await publish(topic, ['a', 'b']);

    expect(await deadIds(2)).toEqual(['a', 'b']);
  });

  it('drops them all when there is nobody there', async () => {
    await publish('missing-path', ['a', 'b']);
    await deliveries(app, '/missing-path');
    await publish('mixed', ['drop']);

    expect(await deliveredEvent(app, '/dead')).toMatchObject({ id: 'drop' });
    expect(app.at('/dead')).toHaveLength(1);
  });
});

function idOf({ event }: Entry): string {
  return String(event['id']);
}
