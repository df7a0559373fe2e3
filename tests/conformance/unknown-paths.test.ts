import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonOf, send } from './target/client.ts';
import { configuration, component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';

const APP = 'unknown-app';
const ALLOWED = 'unknown-allowed';
const DENIED = 'unknown-denied';
const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

const unknown = {
  status: 404,
  body: {
    errorCode: 'ERR_DIRECT_INVOKE',
    message: 'failed getting app id either from the URL path or the header dapr-app-id',
  },
};

let target: Target;

beforeAll(async () => {
  target = await startTarget({
    resources: [
      component('memory', 'state.in-memory'),
      component('pubsub', 'pubsub.in-memory'),
      configuration('allows', {
        api: {
          allowed: [
            { name: 'state', version: 'v1.0', protocol: 'http' },
            { name: 'publish', version: 'v1.0', protocol: 'http' },
            { name: 'secrets', version: 'v1.0' },
            { name: 'bindings', version: 'v1.0', protocol: 'grpc' },
            { name: 'state', version: 'v1.0-alpha1', protocol: 'HTTP' },
          ],
        },
      }),
      configuration('denies', { api: { denied: [{ name: 'state', version: 'v1.0', protocol: 'http' }] } }),
    ],
    apps: [{ id: APP }, { id: ALLOWED, config: 'allows' }, { id: DENIED, config: 'denies' }],
  });
});

afterAll(() => target.close());

describe('a path that is not there', () => {
  it.each([
    '/',
    '',
    '/v1.0',
    '/v1.0/',
    '/v2.0/state/memory/key',
    '/v1.0/nothing',
    '/state/memory/key',
    '/dapr/config',
    '/healthz',
    '/*',
  ])('is answered as an invocation of nobody: %j', async (path) => {
    const answer = await send(`${target.url(APP)}${path}`);

    expect({ ...jsonOf(answer), type: answer.headers['content-type'] }).toEqual({
      ...unknown,
      type: 'application/json',
    });
  });

  it('is one whatever the method', async () => {
    const answers = await Promise.all(
      ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'].map((method) =>
        send(`${target.url(APP)}/v1.0/nothing`, { method }),
      ),
    );

    expect(answers.map(jsonOf)).toEqual(answers.map(() => unknown));
  });
});

describe('any answer', () => {
  it('has a trace of zeros, or that of the request', async () => {
    const url = `${target.url(APP)}/v1.0/state/memory/none`;

    const untraced = await send(url);
    const traced = await send(url, { headers: { traceparent: TRACE, tracestate: 'a=b' } });
    const badlyTraced = await send(url, { headers: { traceparent: 'no trace' } });

    const zeros = '00-00000000000000000000000000000000-0000000000000000-00';
    expect(
      [untraced, traced, badlyTraced].map(({ headers }) => [headers['traceparent'], headers['tracestate']]),
    ).toEqual([
      [zeros, undefined],
      [TRACE, 'a=b'],
      [zeros, undefined],
    ]);
  });
});

describe('a configuration that says which APIs there are', () => {
  const statusOf = async (id: string, path: string, method = 'GET') =>
    (await send(`${target.url(id)}/v1.0/${path}`, { method, ...(method === 'POST' ? { body: '[]' } : {}) })).status;

  it('allows them, and health', async () => {
    expect([
      await statusOf(ALLOWED, 'state/memory/key'),
      await statusOf(ALLOWED, 'publish/pubsub/topic', 'POST'),
      await statusOf(ALLOWED, 'metadata'),
      await statusOf(ALLOWED, 'healthz'),
      await statusOf(ALLOWED, 'healthz/outbound'),
    ]).toEqual([204, 204, 404, 204, 204]);
  });

  it('has rules for a protocol, whose name may be in any case', async () => {
    expect([
      await statusOf(ALLOWED, 'secrets/store/key'),
      await statusOf(ALLOWED, 'bindings/nowhere', 'POST'),
      (await send(`${target.url(ALLOWED)}/v1.0-alpha1/state/memory/query`, { method: 'POST', body: '{}' })).status,
    ]).toEqual([404, 404, 500]);
  });

  it('denies them, and leaves the others', async () => {
    expect([
      await statusOf(DENIED, 'state/memory/key'),
      await statusOf(DENIED, 'state/memory', 'POST'),
      await statusOf(DENIED, 'publish/pubsub/topic', 'POST'),
      await statusOf(DENIED, 'metadata'),
    ]).toEqual([404, 404, 204, 200]);
  });
});

describe('an invocation where that API is not allowed', () => {
  it.each([`/v1.0/invoke/${APP}/method/a`, '/v1.0/nothing', '/'])(
    'is a path that is not there, nor is any other: %s',
    async (path) => {
      const { status, headers, body } = await send(`${target.url(ALLOWED)}${path}`);

      expect({ status, type: headers['content-type'], body }).toEqual({
        status: 404,
        type: 'text/plain; charset=utf-8',
        body: '404 page not found\n',
      });
    },
  );
});
