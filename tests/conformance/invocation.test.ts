import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { hostname } from 'node:os';
import { jsonOf, meaningful, post, send } from './target/client.ts';
import { freePorts } from './target/free-ports.ts';
import { httpEndpoint } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { TestApp } from './target/test-app.ts';

const CALLEE = 'invocation-callee';
const CALLER = 'invocation-caller';
const NO_TRACE = '00-00000000000000000000000000000000-0000000000000000-00';
const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

let app: TestApp;
let target: Target;
let closedPort: number;

const invoke = (path: string, options = {}) =>
  send(`${target.url(CALLER)}/v1.0/invoke/${CALLEE}/method/${path}`, options);
const failed = (id: string, reason: string) => ({
  status: 500,
  body: { errorCode: 'ERR_DIRECT_INVOKE', message: `failed to invoke, id: ${id}, err: ${reason}` },
});
const noAppId = {
  status: 404,
  body: {
    errorCode: 'ERR_DIRECT_INVOKE',
    message: 'failed getting app id either from the URL path or the header dapr-app-id',
  },
};

beforeAll(async () => {
  [closedPort = 0] = await freePorts(1);
  app = await startApp({
    '/': { body: { at: 'root' } },
    '/echo': ({ method, body }) => ({ body: { method, body: body.toString() } }),
    '/headers': {
      headers: {
        'x-reply': ['one', 'two'],
        'set-cookie': ['a=1', 'b=2'],
        'cache-control': 'no-store',
        'content-type': 'application/vnd.odd+json; charset=utf-8',
        'keep-alive': 'timeout=99',
        'proxy-authenticate': 'Basic',
        upgrade: 'h2c',
      },
      body: '{}',
    },
    '/created': { status: 201, headers: { location: '/things/1' }, body: { id: 1 } },
    '/nothing': { status: 204 },
    '/moved': { status: 302, headers: { location: '/echo' } },
    '/teapot': { status: 418, headers: { 'content-type': 'text/plain', 'x-why': 'tea' }, body: 'short and stout' },
    '/broken': { status: 503, body: { error: 'broken' } },
    '/text': { headers: { 'content-type': 'text/plain' }, body: 'a text' },
    '/untyped': { body: 'a text' },
    '/untyped-html': { body: '<!DOCTYPE html><p>' },
    '/untyped-bytes': { body: Buffer.from([0, 1, 2, 255]) },
    '/bytes': ({ body }) => ({ headers: { 'content-type': 'application/octet-stream' }, body: body.toString('hex') }),
  });
  target = await startTarget({
    resources: [
      httpEndpoint('endpoint', {
        baseUrl: `http://127.0.0.1:${app.port}`,
        headers: [{ name: 'x-extra', value: 'of the endpoint' }],
      }),
      httpEndpoint('closed-endpoint', { baseUrl: `http://127.0.0.1:${closedPort}` }),
    ],
    apps: [{ id: CALLEE, appPort: app.port }, { id: CALLER }],
  });
});

afterAll(async () => {
  await target.close();
  await app.close();
});

beforeEach(() => app.clear());

describe('an invocation', () => {
  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])(
    'keeps the method %s and its body',
    async (method) => {
      const body = method === 'TRACE' ? '' : 'a body';

      const answer = await invoke('echo', { method, ...(body === '' ? {} : { body }) });

      expect(jsonOf(answer)).toEqual({ status: 200, body: { method, body } });
    },
  );

  it('answers HEAD with headers alone', async () => {
    const answer = await invoke('headers', { method: 'HEAD' });

    expect([answer.status, answer.body, answer.headers['x-reply']]).toEqual([200, '', 'one, two']);
    expect(app.received.map(({ method }) => method)).toEqual(['HEAD']);
  });

  it('turns a method that it does not know into POST', async () => {
    expect(jsonOf(await invoke('echo', { method: 'PROPFIND' })).body).toEqual({ method: 'POST', body: '' });
  });

  it('keeps the query as it is written', async () => {
    await invoke('echo?a=1&b=%20c+d&b=&e;f=%C3%A9%2F');

    expect(app.received.map((request) => request.target)).toEqual(['/echo?a=1&b=%20c+d&b=&e;f=%C3%A9%2F']);
  });

  it.each([
    ['', '/'],
    ['a/%2e%2e/echo', '/echo'],
    ['a/../echo', '/echo'],
    ['a/b/../../../../echo', '/echo'],
    ['./echo', '/echo'],
    ['//a///b//', '/a/b'],
    ['a%2Fb', '/a/b'],
    ['a%20b', '/a%20b'],
    ['%C3%A9', '/%C3%A9'],
    ["a:b@c!$&'()*,;=~", "/a:b@c!$&'()*,;=~"],
    ['a/method/b', '/a/method/b'],
  ])('cleans the path %j to %s', async (path, cleaned) => {
    await invoke(path);

    expect(app.received.map((request) => request.target)).toEqual([cleaned]);
  });

  it.each([
    ['a%3Fb', 'a?b'],
    ['a%23b', 'a#b'],
    ['a%00b', 'a\\x00b'],
  ])('refuses the path %s', async (path, shown) => {
    expect(jsonOf(await invoke(path))).toEqual(
      failed(
        CALLEE,
        `rpc error: code = InvalidArgument desc = invalid method: method contains forbidden character: "${shown}"`,
      ),
    );
    expect(app.received).toEqual([]);
  });

  it.each([
    'v1.0/invoke',
    'v1.0/invoke/',
    `v1.0/invoke/${CALLEE}`,
    `v1.0/invoke/${CALLEE}/method`,
    `v1.0/invoke/${CALLEE}/echo`,
  ])('finds no app in %s', async (path) => {
    expect(jsonOf(await send(`${target.url(CALLER)}/${path}`))).toEqual(noAppId);
  });

  it('is told by the header dapr-app-id on any path', async () => {
    await send(`${target.url(CALLER)}/echo?q=1`, { headers: { 'dapr-app-id': CALLEE } });
    await send(`${target.url(CALLER)}/v1.0/state/x`, { headers: { 'dapr-app-id': CALLEE } });
    await send(`${target.url(CALLER)}/v1.0/invoke/other/method/echo`, { headers: { 'dapr-app-id': CALLEE } });
    await send(`${target.url(CALLER)}/`, { headers: { 'dapr-app-id': CALLEE } });

    expect(app.received.map(({ target: to, headers }) => [to, headers['dapr-app-id']])).toEqual([
      ['/echo?q=1', undefined],
      ['/v1.0/state/x', undefined],
      ['/v1.0/invoke/other/method/echo', undefined],
      ['/', undefined],
    ]);
  });

  it('is told by the user dapr-app-id of basic authorization', async () => {
    const authorization = `Basic ${Buffer.from(`dapr-app-id:${CALLEE}`).toString('base64')}`;

    await send(`${target.url(CALLER)}/echo`, { headers: { authorization } });

    expect(app.received.map(({ target: to, headers }) => [to, headers.authorization])).toEqual([
      ['/echo', authorization],
    ]);
  });

  it('may name the namespace with the app', async () => {
    const answer = await send(`${target.url(CALLER)}/v1.0/invoke/${CALLEE}.default/method/echo`);

    expect(jsonOf(answer)).toEqual({ status: 200, body: { method: 'GET', body: '' } });
  });

  it('carries bytes as they are', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));

    expect((await invoke('bytes', { method: 'POST', body: bytes })).body).toBe(bytes.toString('hex'));
  });

  it('carries 4 MiB and no more', async () => {
    const whole = await invoke('bytes', { method: 'POST', body: Buffer.alloc(4 * 1024 * 1024) });
    const tooLong = await invoke('bytes', { method: 'POST', body: Buffer.alloc(4 * 1024 * 1024 + 1) });

    expect([whole.status, whole.body.length]).toEqual([200, 8 * 1024 * 1024]);
    expect(jsonOf(tooLong)).toEqual(
      failed(
        CALLEE,
        `rpc error: code = Internal desc = error invoking app channel: Post "http://127.0.0.1:${app.port}/bytes": net/http: HTTP/1.x transport connection broken: http: ContentLength=4194305 with Body length 4194304`,
      ),
    );
  });
});

describe('the request that an app gets', () => {
  const added = {
    'dapr-caller-app-id': CALLER,
    'dapr-callee-app-id': CALLEE,
    'dapr-caller-namespace': 'default',
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-host': hostname(),
    forwarded: `for=127.0.0.1;by=127.0.0.1;host=${hostname()}`,
  };

  it('has the headers of Dapr where the caller sends none', async () => {
    await invoke('echo');

    expect(app.received.map(({ headers }) => meaningful(headers))).toEqual([
      { ...added, traceparent: NO_TRACE, 'user-agent': 'Go-http-client/1.1' },
    ]);
  });

  it("has the caller's headers and those of Dapr, of one name both", async () => {
    await invoke('echo', {
      method: 'POST',
      body: '{}',
      headers: {
        accept: 'text/plain',
        authorization: 'Bearer token',
        baggage: 'key=value',
        'content-type': 'application/json',
        cookie: 'c=1',
        traceparent: TRACE,
        tracestate: 'a=b',
        'user-agent': 'a test',
        'x-custom': ['1', '2'],
        'x-forwarded-for': '1.2.3.4',
        'x-forwarded-host': 'elsewhere',
        forwarded: 'for=1.2.3.4',
      },
    });

    expect(app.received.map(({ headers }) => meaningful(headers))).toEqual([
      {
        ...added,
        accept: 'text/plain',
        authorization: 'Bearer token',
        baggage: 'key=value',
        'content-type': 'application/json',
        cookie: 'c=1',
        traceparent: TRACE,
        tracestate: 'a=b',
        'user-agent': 'a test',
        'x-custom': '1, 2',
        'x-forwarded-for': '1.2.3.4, 127.0.0.1',
        'x-forwarded-host': `elsewhere, ${hostname()}`,
        forwarded: `for=1.2.3.4, for=127.0.0.1;by=127.0.0.1;host=${hostname()}`,
      },
    ]);
  });

  it('names the caller, and beside it, in either order, who the caller says to be', async () => {
    await invoke('echo', { headers: { 'dapr-caller-app-id': 'somebody-else' } });

    const callers = app.received.map(({ headers }) => String(headers['dapr-caller-app-id']).split(', ').sort());
    expect(callers).toEqual([[CALLER, 'somebody-else']]);
  });

  it('has no headers of the hop before', async () => {
    await invoke('echo', {
      headers: {
        'keep-alive': 'timeout=5',
        'proxy-authorization': 'Basic x',
        'proxy-authenticate': 'Basic',
        'proxy-connection': 'keep-alive',
        te: 'trailers',
        upgrade: 'websocket',
        'http2-settings': 'AAMAAABkAAQAAP__',
        'x-kept': 'yes',
      },
    });

    expect(app.received.map(({ headers }) => meaningful(headers))).toEqual([
      { ...added, traceparent: NO_TRACE, 'user-agent': 'Go-http-client/1.1', 'x-kept': 'yes' },
    ]);
  });

  it('says of a call to the own app only what the caller said', async () => {
    await send(`${target.url(CALLEE)}/v1.0/invoke/${CALLEE}/method/echo`, { headers: { 'x-kept': 'yes' } });

    expect(app.received.map(({ headers }) => meaningful(headers))).toEqual([
      { traceparent: NO_TRACE, 'user-agent': 'Go-http-client/1.1', 'x-kept': 'yes' },
    ]);
  });
});

describe('the answer to an invocation', () => {
  it.each([
    ['created', 201, '{"id":1}', { location: '/things/1', 'content-type': 'application/json' }],
    ['nothing', 204, '', {}],
    ['moved', 302, '', { location: '/echo' }],
    ['teapot', 418, 'short and stout', { 'content-type': 'text/plain', 'x-why': 'tea' }],
    ['broken', 503, '{"error":"broken"}', { 'content-type': 'application/json' }],
    ['nowhere', 404, '', { 'content-type': 'application/json' }],
    ['text', 200, 'a text', { 'content-type': 'text/plain' }],
    ['untyped', 200, 'a text', { 'content-type': 'text/plain; charset=utf-8' }],
    ['untyped-html', 200, '<!DOCTYPE html><p>', { 'content-type': 'text/html; charset=utf-8' }],
  ])('is what the app said on /%s', async (path, status, body, headers) => {
    const answer = await invoke(path);

    expect({ status: answer.status, body: answer.body, headers: meaningful(answer.headers) }).toEqual({
      status,
      body,
      headers: { ...headers, traceparent: NO_TRACE },
    });
  });

  it('names bytes without a type as such', async () => {
    expect((await invoke('untyped-bytes')).headers['content-type']).toBe('application/octet-stream');
  });

  it('has all headers of the app but those of its hop', async () => {
    expect(meaningful((await invoke('headers')).headers)).toEqual({
      'x-reply': 'one, two',
      'set-cookie': ['a=1', 'b=2'],
      'cache-control': 'no-store',
      'content-type': 'application/vnd.odd+json; charset=utf-8',
      traceparent: NO_TRACE,
    });
  });

  it("has the caller's trace", async () => {
    const { headers } = await invoke('echo', { headers: { traceparent: TRACE, tracestate: 'a=b', baggage: 'k=v' } });

    expect([headers['traceparent'], headers['tracestate'], headers['baggage']]).toEqual([TRACE, 'a=b', 'k=v']);
  });
});

describe('an invocation that reaches nobody', () => {
  it('does not find an app that is not there', async () => {
    const answer = await send(`${target.url(CALLER)}/v1.0/invoke/invocation-ghost/method/echo`);

    expect(jsonOf(answer)).toEqual(failed('invocation-ghost', "couldn't find service: invocation-ghost"));
  });

  it('has no app to call where the sidecar has none', async () => {
    const answer = await send(`${target.url(CALLER)}/v1.0/invoke/${CALLER}/method/echo`);

    expect(jsonOf(answer)).toEqual(failed(CALLER, 'cannot invoke local endpoint: app channel not initialized'));
  });

  it('has an app that does not listen any more', async () => {
    const gone = await startApp();
    const lonely = await startTarget({
      apps: [{ id: 'invocation-gone', appPort: gone.port }, { id: 'invocation-lonely' }],
    });
    await gone.close();

    const answers = [
      await send(`${lonely.url('invocation-lonely')}/v1.0/invoke/invocation-gone/method/a/b?c=d`),
      await post(`${lonely.url('invocation-gone')}/v1.0/invoke/invocation-gone/method/a/b`, {}),
    ];
    await lonely.close();

    const refused = (verb: string, path: string) =>
      `${verb} "http://127.0.0.1:${gone.port}/${path}": dial tcp 127.0.0.1:${gone.port}: connect: connection refused`;
    expect(answers.map(jsonOf)).toEqual([
      failed(
        'invocation-gone',
        `rpc error: code = Internal desc = error invoking app channel: ${refused('Get', 'a/b?c=d')}`,
      ),
      failed('invocation-gone', refused('Post', 'a/b')),
    ]);
  });
});

describe('an invocation of what has no sidecar', () => {
  it('takes a URL, encoded or not', async () => {
    const base = `http://127.0.0.1:${app.port}`;

    const plain = await send(`${target.url(CALLER)}/v1.0/invoke/${base}/method/echo?x=1`, { headers: { 'x-a': '1' } });
    const encoded = await send(`${target.url(CALLER)}/v1.0/invoke/${encodeURIComponent(base)}/method/echo`);

    expect([plain.status, encoded.status]).toEqual([200, 200]);
    expect(app.received.map(({ target: to, headers }) => [to, meaningful(headers)])).toEqual([
      ['/echo?x=1', { traceparent: NO_TRACE, 'user-agent': 'Go-http-client/1.1', 'x-a': '1' }],
      ['/echo', { traceparent: NO_TRACE, 'user-agent': 'Go-http-client/1.1' }],
    ]);
  });

  it('takes the name of an HTTPEndpoint, and adds its headers', async () => {
    const answer = await send(`${target.url(CALLER)}/v1.0/invoke/endpoint/method/echo?x=1`);

    expect(jsonOf(answer)).toEqual({ status: 200, body: { method: 'GET', body: '' } });
    expect(app.received.map(({ target: to, headers }) => [to, meaningful(headers)])).toEqual([
      ['/echo?x=1', { traceparent: NO_TRACE, 'user-agent': 'Go-http-client/1.1', 'x-extra': 'of the endpoint' }],
    ]);
  });

  it('passes on what went wrong there', async () => {
    const answers = [
      await send(`${target.url(CALLER)}/v1.0/invoke/endpoint/method/teapot`),
      await send(`${target.url(CALLER)}/v1.0/invoke/http://127.0.0.1:${closedPort}/method/a`),
      await send(`${target.url(CALLER)}/v1.0/invoke/closed-endpoint/method/a`),
    ];

    const refused = `Get "http://127.0.0.1:${closedPort}/a": dial tcp 127.0.0.1:${closedPort}: connect: connection refused`;
    expect([answers[0]!.status, answers[0]!.body]).toEqual([418, 'short and stout']);
    expect(answers.slice(1).map(jsonOf)).toEqual([
      failed(`http://127.0.0.1:${closedPort}`, refused),
      failed('closed-endpoint', refused),
    ]);
  });
});
