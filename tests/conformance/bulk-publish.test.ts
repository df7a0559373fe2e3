import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonOf, post, send } from './target/client.ts';
import { deliveries, eventOf } from './target/deliveries.ts';
import { errorInfo, resourceInfo } from './target/errors.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { TestApp } from './target/test-app.ts';

const APP = 'bulk-publish-app';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

let app: TestApp;
let target: Target;

const publish = (entries: unknown, query = '', headers = {}) =>
  post(`${target.url(APP)}/v1.0/publish/bulk/pubsub/events${query}`, entries, headers);

/** The events in the order of their content types and ids: in bulk they are published side by side. */
const events = async (count: number) => {
  const nameOf = ({ datacontenttype, id }: Record<string, unknown>) => `${String(datacontenttype)} ${String(id)}`;
  const all = (await deliveries(app, '/events', count)).map(eventOf);
  return all.sort((one, other) => nameOf(one).localeCompare(nameOf(other)));
};

beforeAll(async () => {
  app = await startApp({
    '/dapr/subscribe': { body: [{ pubsubname: 'pubsub', topic: 'events', route: '/events' }] },
    '/events': {},
  });
  target = await startTarget({
    resources: [
      component('pubsub', 'pubsub.in-memory'),
      component('scoped', 'pubsub.in-memory', { publishingScopes: `${APP}=allowed` }),
    ],
    apps: [{ id: APP, appPort: app.port }],
  });
});

afterAll(async () => {
  await target.close();
  await app.close();
});

beforeEach(() => app.clear());

describe('publishing in bulk', () => {
  it.each([
    ['POST', 'v1.0/publish/bulk'],
    ['PUT', 'v1.0/publish/bulk'],
    ['POST', 'v1.0-alpha1/publish/bulk'],
    ['PUT', 'v1.0-alpha1/publish/bulk'],
  ])('goes by %s to /%s, and answers nothing', async (method, path) => {
    const body = JSON.stringify([{ entryId: '1', event: 'x', contentType: 'text/plain' }]);

    const answer = await send(`${target.url(APP)}/${path}/pubsub/events`, { method, body });

    expect({ status: answer.status, body: answer.body }).toEqual({ status: 204, body: '' });
    expect(await events(1)).toMatchObject([{ data: 'x' }]);
  });

  it('puts each entry into an envelope, as its content type says', async () => {
    await publish([
      { entryId: '1', event: { n: 1 }, contentType: 'application/json' },
      { entryId: '2', event: 'a text', contentType: 'text/plain' },
      { entryId: '3', event: 'AAH/', contentType: 'application/octet-stream' },
      { entryId: '4', event: { id: 'mine', data: 1 }, contentType: 'application/cloudevents+json' },
    ]);

    const own = { source: APP, type: 'com.dapr.event.sent', specversion: '1.0', id: expect.stringMatching(UUID) };
    const all = { topic: 'events', pubsubname: 'pubsub', traceid: '', traceparent: '', tracestate: '' };
    const time = expect.any(String);
    expect(await events(4)).toEqual([
      { ...own, ...all, time, datacontenttype: 'application/json', data: { n: 1 } },
      { ...own, ...all, time, datacontenttype: 'application/octet-stream', data_base64: 'AAH/' },
      { ...own, ...all, time, datacontenttype: 'text/plain', data: 'a text' },
      { ...own, ...all, time, id: 'mine', source: 'Dapr', data: 1 },
    ]);
  });

  it('takes metadata of an entry, and those of the request only beside them', async () => {
    const entry = { event: 'x', contentType: 'text/plain' };
    await publish(
      [
        { ...entry, entryId: '1' },
        { ...entry, entryId: '2', metadata: { 'cloudevent.id': 'own' } },
        { ...entry, entryId: '3', metadata: {} },
      ],
      '?metadata.cloudevent.type=of.the.request&metadata.cloudevent.id=of-the-request',
    );

    const seen = (await events(3)).map(({ id, type }) => ({ id, type }));
    expect(seen.filter(({ type }) => type === 'of.the.request')).toEqual([
      { id: 'of-the-request', type: 'of.the.request' },
      { id: 'own', type: 'of.the.request' },
    ]);
    expect(seen.filter(({ type }) => type !== 'of.the.request')).toEqual([
      { id: expect.stringMatching(UUID), type: 'com.dapr.event.sent' },
    ]);
  });

  it('gives each event the trace of the request', async () => {
    await publish([{ entryId: '1', event: 'x', contentType: 'text/plain' }], '', { traceparent: TRACE });

    expect(await events(1)).toMatchObject([{ traceid: TRACE, traceparent: TRACE }]);
  });

  it('publishes events as they are when they are raw', async () => {
    await publish(
      [{ entryId: '1', event: { bare: true }, contentType: 'application/json' }],
      '?metadata.rawPayload=true',
    );

    expect(await events(1)).toEqual([{ bare: true }]);
  });

  it('has nothing to do for an empty list', async () => {
    expect((await publish([])).status).toBe(204);
  });
});

describe('what cannot be published in bulk', () => {
  const refused = (message: string, reason: string, metadata: Record<string, string>) => ({
    status: 400,
    body: {
      errorCode: 'ERR_PUBSUB_EVENTS_SER',
      message,
      details: [resourceInfo('pubsub', 'pubsub', message), errorInfo(reason, metadata)],
    },
  });

  it.each([
    ['{', 'unexpected EOF'],
    ['', 'EOF'],
    ['{}', 'json: cannot unmarshal object into Go value of type []http.bulkPublishMessageEntry'],
    [
      '[{"entryId":1}]',
      'json: cannot unmarshal number into Go struct field bulkPublishMessageEntry.entryId of type string',
    ],
    [
      '[{"entryId":"1","event":"x","contentType":"text/plain","metadata":{"ttlInSeconds":1}}]',
      'json: cannot unmarshal number into Go struct field bulkPublishMessageEntry.metadata of type string',
    ],
  ])('is the body %j', async (body, reason) => {
    expect(jsonOf(await publish(body))).toEqual(
      refused(
        `error when unmarshaling the request for topic events pubsub pubsub: ${reason}`,
        'DAPR_PUBSUB_UNMARSHAL_EVENTS',
        { appID: APP },
      ),
    );
  });

  it.each([
    ['an entry without an id', [{ event: 'x', contentType: 'text/plain' }]],
    ['an id that comes twice', ['1', '1'].map((entryId) => ({ entryId, event: 'x', contentType: 'text/plain' }))],
  ])('is %s', async (_, entries) => {
    const error = 'entryId is duplicated or not present for entry';

    expect(jsonOf(await publish(entries))).toEqual(
      refused(
        `error marshaling events to bytes for topic events pubsub pubsub. error: ${error}`,
        'DAPR_PUBSUB_MARSHAL_EVENTS',
        { appID: APP, error },
      ),
    );
    expect(app.received).toEqual([]);
  });

  it.each([
    [
      'a text that is an object',
      { event: {}, contentType: 'text/plain' },
      'error: mismatch between contentType and event',
    ],
    [
      'bytes that are an object',
      { event: {}, contentType: 'application/octet-stream' },
      'error: mismatch between contentType and event',
    ],
    [
      'bytes that are not base64',
      { event: '?', contentType: 'application/octet-stream' },
      'error: unable to decode base64 application/octect-stream data: illegal base64 data at input byte 0',
    ],
    ['an unknown type', { event: 'x', contentType: 'odd/type' }, 'error: mismatch between contentType and event'],
    ['no type', { event: 'x' }, 'error: mismatch between contentType and event'],
  ])('is %s', async (_, entry, error) => {
    expect(jsonOf(await publish([{ entryId: '1', ...entry }]))).toEqual(
      refused(
        `error when marshalling cloud event envelope for topic events pubsub pubsub: ${error}`,
        'DAPR_PUBSUB_MARSHAL_ENVELOPE',
        { appID: APP, error },
      ),
    );
  });

  it('is a CloudEvent that is no object', async () => {
    const answer = await publish([{ entryId: '1', event: [], contentType: 'application/cloudevents+json' }]);

    expect(jsonOf(answer)).toEqual({
      status: 500,
      body: {
        errorCode: 'ERR_PUBSUB_CLOUD_EVENTS_SER',
        message: 'cannot create cloudevent',
        details: [
          resourceInfo('pubsub', 'pubsub', 'cannot create cloudevent'),
          errorInfo('DAPR_PUBSUB_CLOUD_EVENT_CREATION', {
            appID: APP,
            error: 'json: cannot unmarshal array into Go value of type map[string]interface {}',
          }),
        ],
      },
    });
  });

  it('is anything for a pub/sub that is not there', async () => {
    const answer = await post(`${target.url(APP)}/v1.0/publish/bulk/nowhere/events`, []);

    expect(jsonOf(answer)).toEqual({
      status: 404,
      body: {
        errorCode: 'ERR_PUBSUB_NOT_FOUND',
        message: 'pubsub nowhere is not found',
        details: [errorInfo('DAPR_PUBSUB_NOT_FOUND', {})],
      },
    });
  });

  it('is anything out of scope', async () => {
    const message = `topic other is not allowed for app id ${APP}`;
    const entries = [{ entryId: '1', event: 'x', contentType: 'text/plain' }];

    const answer = await post(`${target.url(APP)}/v1.0/publish/bulk/scoped/other`, entries);

    expect(jsonOf(answer)).toEqual({
      status: 403,
      body: {
        errorCode: 'ERR_PUBSUB_FORBIDDEN',
        message,
        details: [
          resourceInfo('pubsub', 'scoped', message),
          errorInfo('DAPR_PUBSUB_FORBIDDEN', { topic: 'other', error: message }),
        ],
      },
    });
  });

  it('is raw payload that is neither true nor false', async () => {
    expect(jsonOf(await publish([], '?metadata.rawPayload=perhaps'))).toMatchObject({
      status: 400,
      body: { errorCode: 'ERR_PUBSUB_REQUEST_METADATA' },
    });
  });
});
