import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonOf, post, send } from './target/client.ts';
import { deliveredEvent } from './target/deliveries.ts';
import { errorInfo, resourceInfo } from './target/errors.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { TestApp } from './target/test-app.ts';

const APP = 'publish-app';
const BARE = 'publish-bare';

let app: TestApp;
let target: Target;

const publish = (path: string, body: string, headers = {}) =>
  post(`${target.url(APP)}/v1.0/publish/${path}`, body, headers);

beforeAll(async () => {
  const topics = ['plain', 'put', 'deep/er/topic', 'with space', 'slash/ed', 'pl+us', 'unsubscribed-before'];
  app = await startApp({
    '/dapr/subscribe': {
      body: topics.map((topic, index) => ({ pubsubname: 'pubsub', topic, route: `/topic-${index}` })),
    },
    ...Object.fromEntries(topics.map((_, index) => [`/topic-${index}`, {}])),
  });
  target = await startTarget({
    resources: [
      component('pubsub', 'pubsub.in-memory', {}, { scopes: [APP] }),
      component(
        'scoped',
        'pubsub.in-memory',
        { publishingScopes: `${APP}=allowed,also-allowed;other=theirs`, allowedTopics: 'allowed,refused' },
        { scopes: [APP] },
      ),
      component(
        'protected',
        'pubsub.in-memory',
        { protectedTopics: 'guarded,mine', publishingScopes: `${APP}=mine` },
        { scopes: [APP] },
      ),
      component('forbidding', 'pubsub.in-memory', { publishingScopes: `${APP}=` }, { scopes: [APP] }),
    ],
    apps: [{ id: APP, appPort: app.port }, { id: BARE }],
  });
});

afterAll(async () => {
  await target.close();
  await app.close();
});

describe('publishing', () => {
  it('answers nothing, and delivers', async () => {
    const answer = await publish('pubsub/plain', '{"n":1}');

    expect({ status: answer.status, body: answer.body }).toEqual({ status: 204, body: '' });
    expect(await deliveredEvent(app, '/topic-0')).toMatchObject({ topic: 'plain', data: { n: 1 } });
  });

  it('goes by PUT as well', async () => {
    const { status } = await send(`${target.url(APP)}/v1.0/publish/pubsub/put`, { method: 'PUT', body: 'by put' });

    expect(status).toBe(204);
    expect(await deliveredEvent(app, '/topic-1')).toMatchObject({ topic: 'put', data: 'by put' });
  });

  it('does not need a subscriber', async () => {
    expect((await publish('pubsub/nobody-listens', '{}')).status).toBe(204);
  });

  it.each([
    ['pubsub/deep/er/topic', '/topic-2', 'deep/er/topic'],
    ['pubsub/with%20space', '/topic-3', 'with space'],
    ['pubsub/slash%2Fed', '/topic-4', 'slash/ed'],
    ['pubsub/pl%2Bus', '/topic-5', 'pl+us'],
  ])('reads the topic of %s', async (path, route, topic) => {
    await publish(path, '{}');

    expect(await deliveredEvent(app, route)).toMatchObject({ topic });
  });

  it('finds a pub/sub by its name in the path, cleaned', async () => {
    expect((await send(`${target.url(APP)}/v1.0//publish/./pubsub//nobody-listens/`, { method: 'POST' })).status).toBe(
      204,
    );
  });

  it.each([
    ['GET', 'publish/pubsub/plain'],
    ['DELETE', 'publish/pubsub/plain'],
    ['POST', 'publish/pubsub'],
    ['POST', 'publish/pubsub/'],
    ['POST', 'publish'],
  ])('knows no %s %s', async (method, path) => {
    expect(jsonOf(await send(`${target.url(APP)}/v1.0/${path}`, { method, body: '' }))).toEqual({
      status: 404,
      body: {
        errorCode: 'ERR_DIRECT_INVOKE',
        message: 'failed getting app id either from the URL path or the header dapr-app-id',
      },
    });
  });
});

describe('publishing to a pub/sub that is not there', () => {
  it('is answered 404, with the metadata of the request', async () => {
    const answer = await publish('nowhere/topic?metadata.ttlInSeconds=5&other=1', '{}');

    expect(jsonOf(answer)).toEqual({
      status: 404,
      body: {
        errorCode: 'ERR_PUBSUB_NOT_FOUND',
        message: 'pubsub nowhere is not found',
        details: [errorInfo('DAPR_PUBSUB_NOT_FOUND', { ttlInSeconds: '5' })],
      },
    });
  });

  it('is the same where there are none at all', async () => {
    const answer = await post(`${target.url(BARE)}/v1.0/publish/pubsub/topic`, '{}');

    expect(jsonOf(answer)).toEqual({
      status: 404,
      body: {
        errorCode: 'ERR_PUBSUB_NOT_FOUND',
        message: 'pubsub pubsub is not found',
        details: [errorInfo('DAPR_PUBSUB_NOT_FOUND', {})],
      },
    });
  });
});

describe('what cannot be published', () => {
  it('is raw payload that is neither true nor false', async () => {
    const message =
      "failed deserializing metadata. Error: rawPayload value must be a valid boolean: actual is 'perhaps'";

    expect(jsonOf(await publish('pubsub/plain?metadata.rawPayload=perhaps', '{}'))).toEqual({
      status: 400,
      body: {
        errorCode: 'ERR_PUBSUB_REQUEST_METADATA',
        message,
        details: [
          resourceInfo('pubsub', 'pubsub', message),
          errorInfo('DAPR_PUBSUB_METADATA_DESERIALIZATION', { rawPayload: 'perhaps' }),
        ],
      },
    });
  });

  it.each([
    ['{', 'unexpected EOF'],
    ['', 'EOF'],
    ['[1]', 'json: cannot unmarshal array into Go value of type map[string]interface {}'],
  ])('is the CloudEvent %j', async (body, error) => {
    expect(jsonOf(await publish('pubsub/plain', body, { 'content-type': 'application/cloudevents+json' }))).toEqual({
      status: 500,
      body: {
        errorCode: 'ERR_PUBSUB_CLOUD_EVENTS_SER',
        message: 'cannot create cloudevent',
        details: [
          resourceInfo('pubsub', 'pubsub', 'cannot create cloudevent'),
          errorInfo('DAPR_PUBSUB_CLOUD_EVENT_CREATION', { appID: APP, error }),
        ],
      },
    });
  });
});

describe('scopes of topics', () => {
  const forbidden = (pubsub: string, topic: string) => {
    const message = `topic ${topic} is not allowed for app id ${APP}`;
    return {
      status: 403,
      body: {
        errorCode: 'ERR_PUBSUB_FORBIDDEN',
        message,
        details: [
          resourceInfo('pubsub', pubsub, message),
          errorInfo('DAPR_PUBSUB_FORBIDDEN', { topic, error: message }),
        ],
      },
    };
  };

  it.each([
    ['scoped', 'allowed'],
    ['protected', 'mine'],
  ])('let the app publish to %s/%s', async (pubsub, topic) => {
    expect((await publish(`${pubsub}/${topic}`, '{}')).status).toBe(204);
  });

  it.each([
    ['scoped', 'refused'],
    ['scoped', 'also-allowed'],
    ['scoped', 'theirs'],
    ['protected', 'guarded'],
    ['protected', 'neither-guarded-nor-mine'],
    ['forbidding', 'anything'],
  ])('keep the app from publishing to %s/%s', async (pubsub, topic) => {
    expect(jsonOf(await publish(`${pubsub}/${topic}`, '{}'))).toEqual(forbidden(pubsub, topic));
  });
});
