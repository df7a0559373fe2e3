import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { post, send } from './target/client.ts';
import { deliveredEvent, deliveries } from './target/deliveries.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { TestApp } from './target/test-app.ts';

const APP = 'envelope-app';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;

let app: TestApp;
let target: Target;

const publish = (query: string, body: string | Buffer, headers: Record<string, string>) =>
  send(`${target.url(APP)}/v1.0/publish/pubsub/events${query}`, { method: 'POST', body, headers });

/** Publishes, and gives the event as it was delivered. */
async function published(body: string | Buffer, headers: Record<string, string> = {}, query = '') {
  const answer = await publish(query, body, headers);
  expect(answer.status).toBe(204);
  return deliveredEvent(app, '/events');
}

const envelope = (more: object) => ({
  id: expect.stringMatching(UUID),
  specversion: '1.0',
  source: APP,
  type: 'com.dapr.event.sent',
  topic: 'events',
  pubsubname: 'pubsub',
  traceid: '',
  traceparent: '',
  tracestate: '',
  time: expect.stringMatching(RFC3339),
  ...more,
});

beforeAll(async () => {
  app = await startApp({
    '/dapr/subscribe': {
      body: [
        { pubsubname: 'pubsub', topic: 'events', route: '/events' },
        { pubsubname: 'pubsub', topic: 'raw', route: '/raw', metadata: { rawPayload: 'true' } },
      ],
    },
    '/events': {},
    '/raw': {},
  });
  target = await startTarget({
    resources: [component('pubsub', 'pubsub.in-memory')],
    apps: [{ id: APP, appPort: app.port }],
  });
});

afterAll(async () => {
  await target.close();
  await app.close();
});

beforeEach(() => app.clear());

describe('the envelope of an event', () => {
  it('holds JSON as JSON', async () => {
    expect(await published('{"n":1.50,"t":"<é>"}', { 'content-type': 'application/json' })).toEqual(
      envelope({ datacontenttype: 'application/json', data: { n: 1.5, t: '<é>' } }),
    );
  });

  it.each(['application/json; charset=utf-8', 'APPLICATION/JSON'])(
    'takes %s for JSON, and keeps the name',
    async (type) => {
      expect(await published('[1]', { 'content-type': type })).toEqual(envelope({ datacontenttype: type, data: [1] }));
    },
  );

  it('takes a body without a type for text', async () => {
    expect(await published('{"n":1}')).toEqual(envelope({ datacontenttype: 'text/plain', data: '{"n":1}' }));
  });

  it.each(['text/plain', 'text/html', 'application/xml', 'application/vnd.odd+json', 'made up'])(
    'holds %s as text',
    async (type) => {
      expect(await published('<a>é</a>', { 'content-type': type })).toEqual(
        envelope({ datacontenttype: type, data: '<a>é</a>' }),
      );
    },
  );

  it('holds bytes as base64', async () => {
    const bytes = Buffer.from([0, 1, 254, 255]);

    expect(await published(bytes, { 'content-type': 'application/octet-stream' })).toEqual(
      envelope({ datacontenttype: 'application/octet-stream', data_base64: 'AAH+/w==' }),
    );
  });

  it.each(['{"n":', 'no json', ''])('holds %j as text though it is declared JSON', async (body) => {
    expect(await published(body, { 'content-type': 'application/json' })).toEqual(
      envelope({ datacontenttype: 'application/json', data: body }),
    );
  });

  it('keeps large numbers', async () => {
    await publish('', '{"n":12345678901234567890.5}', { 'content-type': 'application/json' });

    const [delivered] = await deliveries(app, '/events');
    expect(delivered!.body.toString()).toContain('"data":{"n":12345678901234567890.5}');
  });

  it('tells the time to the second', async () => {
    const { time } = await published('{}');

    expect(Math.abs(Date.parse(String(time)) - Date.now())).toBeLessThan(5000);
  });

  it('has the trace of the request', async () => {
    expect(await published('{}', { traceparent: TRACE, tracestate: 'a=b' })).toEqual(
      envelope({ datacontenttype: 'text/plain', data: '{}', traceid: TRACE, traceparent: TRACE, tracestate: 'a=b' }),
    );
  });

  it('has fields as the query says', async () => {
    const query =
      '?metadata.cloudevent.id=my-id&metadata.cloudevent.source=my-source&metadata.cloudevent.type=my.type&metadata.cloudevent.subject=my-subject';

    expect(await published('{}', {}, query)).toEqual(
      envelope({
        datacontenttype: 'text/plain',
        data: '{}',
        id: 'my-id',
        source: 'my-source',
        type: 'my.type',
        subject: 'my-subject',
      }),
    );
  });

  it.each([
    ['?metadata.cloudevent.traceid=the-id', { traceid: 'the-id', traceparent: 'the-id' }],
    ['?metadata.cloudevent.traceparent=the-parent', { traceid: 'the-parent', traceparent: 'the-parent' }],
    [
      '?metadata.cloudevent.traceid=the-id&metadata.cloudevent.traceparent=the-parent&metadata.cloudevent.tracestate=c=d',
      { traceid: 'the-parent', traceparent: 'the-parent', tracestate: 'c=d' },
    ],
  ])('has the trace that the query says: %s', async (query, trace) => {
    expect(await published('{}', { traceparent: TRACE }, query)).toEqual(
      envelope({ datacontenttype: 'text/plain', data: '{}', ...trace }),
    );
  });

  it('knows the names of such fields in any case, and empty ones not at all', async () => {
    expect(await published('{}', {}, '?metadata.CloudEvent.ID=my-id&metadata.cloudevent.type=')).toEqual(
      envelope({ datacontenttype: 'text/plain', data: '{}', id: 'my-id' }),
    );
  });

  it('has no fields but those', async () => {
    const query =
      '?metadata.cloudevent.topic=t&metadata.cloudevent.data=d&metadata.cloudevent.odd=o&metadata.partitionKey=p';

    expect(await published('{}', {}, query)).toEqual(envelope({ datacontenttype: 'text/plain', data: '{}' }));
  });

  it('expires when the query gives it a time to live', async () => {
    const { expiration, ...rest } = await published('{}', {}, '?metadata.ttlInSeconds=100');

    expect(rest).toEqual(envelope({ datacontenttype: 'text/plain', data: '{}' }));
    expect(String(expiration)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Math.abs(Date.parse(String(expiration)) - Date.now() - 100_000)).toBeLessThan(5000);
  });

  it('is gone at once with a time to live of 0', async () => {
    await publish('?metadata.ttlInSeconds=0', 'late', {});

    expect(await published('next')).toEqual(envelope({ datacontenttype: 'text/plain', data: 'next' }));
    expect(app.at('/events')).toHaveLength(1);
  });

  it.each(['x', '-1'])('does not expire for a time to live of %s', async (ttl) => {
    expect(await published('{}', {}, `?metadata.ttlInSeconds=${ttl}`)).toEqual(
      envelope({ datacontenttype: 'text/plain', data: '{}' }),
    );
  });
});

describe('a CloudEvent that is published as such', () => {
  const cloudevent = { 'content-type': 'application/cloudevents+json' };

  it('keeps its fields but topic and pub/sub', async () => {
    const event = {
      id: 'my-id',
      specversion: '0.3',
      source: 'my-source',
      type: 'my.type',
      subject: 'my-subject',
      time: '2020-01-01T00:00:00Z',
      datacontenttype: 'text/odd',
      topic: 'my-topic',
      pubsubname: 'my-pubsub',
      traceid: 'my-trace',
      traceparent: 'my-parent',
      tracestate: 'my=state',
      myextension: { deep: [1] },
      data: 'my data',
    };

    expect(await published(JSON.stringify(event), cloudevent)).toEqual({
      ...event,
      topic: 'events',
      pubsubname: 'pubsub',
    });
  });

  it('gets what it lacks, but no id', async () => {
    expect(await published('{"data":{"n":1}}', { ...cloudevent, traceparent: TRACE, tracestate: 'a=b' })).toEqual({
      data: { n: 1 },
      specversion: '1.0',
      source: 'Dapr',
      type: 'com.dapr.event.sent',
      time: expect.stringMatching(RFC3339),
      topic: 'events',
      pubsubname: 'pubsub',
      traceid: TRACE,
      traceparent: TRACE,
      tracestate: 'a=b',
    });
  });

  it('keeps its own trace id, and gets no parent then', async () => {
    const event = await published('{"id":"1","traceid":"mine"}', { ...cloudevent, traceparent: TRACE });

    expect([event['traceid'], event['traceparent'], 'traceparent' in event]).toEqual(['mine', undefined, false]);
  });

  it('loses a trace parent that comes without a trace id', async () => {
    const event = await published('{"id":"1","traceparent":"mine"}', { ...cloudevent, traceparent: TRACE });

    expect([event['traceid'], event['traceparent']]).toEqual([TRACE, TRACE]);
  });

  it('is not changed by the query', async () => {
    const event = await published('{"id":"1"}', cloudevent, '?metadata.cloudevent.id=2&metadata.cloudevent.type=t');

    expect([event['id'], event['type']]).toEqual(['1', 'com.dapr.event.sent']);
  });

  it('gets an expiration too', async () => {
    const event = await published('{"id":"1"}', cloudevent, '?metadata.ttlInSeconds=100');

    expect(Math.abs(Date.parse(String(event['expiration'])) - Date.now() - 100_000)).toBeLessThan(5000);
  });

  it('takes the type with parameters, and in any case', async () => {
    const types = ['application/cloudevents+json; charset=utf-8', 'Application/CloudEvents+JSON'];

    const ids = [];
    for (const type of types) {
      ids.push((await published('{"id":"given"}', { 'content-type': type }))['id']);
      app.clear();
    }

    expect(ids).toEqual(['given', 'given']);
  });

  it('is delivered until it expires, by its own word', async () => {
    await publish('', '{"id":"late","expiration":"2020-01-01T00:00:00Z"}', cloudevent);
    const next = await publish('', '{"id":"fresh","expiration":"2999-01-01T00:00:00Z"}', cloudevent);

    expect(next.status).toBe(204);
    expect(await deliveredEvent(app, '/events')).toMatchObject({ id: 'fresh' });
    expect(app.at('/events')).toHaveLength(1);
  });
});

describe('raw payload', () => {
  const publishRaw = (topic: string, body: string | Buffer) =>
    send(`${target.url(APP)}/v1.0/publish/pubsub/${topic}?metadata.rawPayload=true`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });

  it('comes in an envelope to a subscriber that expects it', async () => {
    await publishRaw('raw', Buffer.from([0, 1, 255]));

    expect(await deliveredEvent(app, '/raw')).toEqual({
      id: expect.stringMatching(UUID),
      specversion: '1.0',
      datacontenttype: 'application/octet-stream',
      source: 'Dapr',
      type: 'com.dapr.event.sent',
      topic: 'raw',
      pubsubname: 'pubsub',
      data_base64: 'AAH/',
    });
  });

  it('comes as it is, when it is JSON, to one that does not', async () => {
    await publishRaw('events', '{"bare": true, "id": "x"}');

    expect(await deliveredEvent(app, '/events')).toEqual({ bare: true, id: 'x' });
  });

  it('is an event in an envelope in an envelope when only the subscriber is raw', async () => {
    await post(`${target.url(APP)}/v1.0/publish/pubsub/raw`, { n: 1 });

    const outer = await deliveredEvent(app, '/raw');
    const inner = JSON.parse(Buffer.from(String(outer['data_base64']), 'base64').toString()) as object;

    expect(inner).toEqual(envelope({ topic: 'raw', datacontenttype: 'application/json', data: { n: 1 } }));
  });
});

describe('the delivery of an event', () => {
  it('says what it is in headers', async () => {
    await published('{}', { 'content-type': 'application/json', traceparent: TRACE, 'x-custom': 'lost' });

    const [delivered] = await deliveries(app, '/events');
    const { host: _host, connection: _connection, 'accept-encoding': _encoding, ...headers } = delivered!.headers;
    expect([delivered!.method, delivered!.target]).toEqual(['POST', '/events']);
    expect(headers).toEqual({
      'content-type': 'application/cloudevents+json',
      'content-length': String(delivered!.body.length),
      pubsubname: 'pubsub',
      traceparent: TRACE,
      'user-agent': 'Go-http-client/1.1',
    });
  });
});
