import { describe, expect, it } from '@jest/globals';
import { echoes, gatewayOf, refuse, type Echo } from './gateway-under-test.ts';

const gateway = gatewayOf({
  apps: {
    ...echoes,
    comment: (request, response) => {
      if (request.url === '/api/comments/none') return void response.writeHead(204, { 'x-a': '1' }).end();
      if (request.url === '/api/comments/same') return void response.writeHead(304, { etag: '"7"' }).end();
      if (request.url === '/api/comments/missing') return refuse(response, 404, 'comment_not_found');
      if (request.url === '/api/comments/broken') return refuse(response, 500, 'internal_error');
      response.writeHead(200, {
        'content-type': 'application/json',
        'set-cookie': ['a=1', 'b=2'],
        link: '<http://x/?page=2>; rel="next"',
        vary: 'Accept',
        'dapr-secret': 'yes',
        'x-client-ip': '10.0.0.1',
        'access-control-allow-origin': 'https://evil.example',
        'content-length': '2',
      });
      response.end(request.method === 'HEAD' ? '' : '{}');
    },
  },
});

describe('the route table', () => {
  it.each([
    ['/api/auth/me', 'auth'],
    ['/api/auth', 'auth'],
    ['/.well-known/jwks.json', 'auth'],
    ['/api/admin/users', 'auth'],
    ['/api/admin/users/66f2a1b0c3d4e5f60718293a', 'auth'],
    ['/api/posts', 'post'],
    ['/api/posts/66f2a1b0c3d4e5f60718293a/likes', 'post'],
    ['/api/tags?q=a', 'post'],
    ['/api/likes?user_id=1', 'like'],
    ['/api/notifications/unread-count', 'notification'],
    ['/api/realtime/ticket', 'realtime'],
    ['/api/admin/services/post/dead-letters?page=2', 'post'],
    ['/api/admin/services/notification/rebuild', 'notification'],
  ])('sends %s to %s', async (path, app) => {
    const { status, json } = await gateway.ask(path);

    expect([status, json().app, json().url]).toEqual([200, app, path]);
  });

  it.each([
    '/',
    '/api',
    '/api/',
    '/api/postsx',
    '/api/post',
    '/api/admin/services/nobody/rebuild',
    '/api/admin/services',
    '/API/posts',
    '/other',
  ])('knows no %s', async (path) => {
    const { status, headers, json } = await gateway.ask(path);

    expect([status, headers['content-type'], json().code]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
      'route_not_found',
    ]);
  });

  it.each([
    '/internal/GetJwks',
    '/internal/openapi',
    '/events/queue/post-events/PostLiked',
    '/events/ignored',
    '/dapr/subscribe',
    '/dapr/config',
    '/v1.0/state/statestore/a',
    '/v1.0/invoke/auth/method/internal/GetJwks',
  ])('lets nobody reach %s', async (path) => {
    for (const method of ['GET', 'POST']) expect((await gateway.ask(path, { method })).status).toBe(404);
  });
});

it('passes method, path, query, body and headers on as they are', async () => {
  const { json } = await gateway.ask('/api/posts/a%20b?q=%C3%A9&tag=a,b&x', {
    method: 'PATCH',
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer abc',
      'if-match': '"1-x"',
      'x-anything': 'ü'.normalize('NFD').charAt(0),
    },
    body: '{"title":"é"}',
  });

  expect(json()).toMatchObject({
    method: 'PATCH',
    url: '/api/posts/a%20b?q=%C3%A9&tag=a,b&x',
    body: '{"title":"é"}',
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer abc',
      'if-match': '"1-x"',
      'x-anything': 'u',
    },
  });
});

it.each(['GET', 'DELETE', 'POST', 'PUT'])('passes a %s without a body on without one', async (method) => {
  const { json } = await gateway.ask('/api/posts/1', { method });

  expect([json().method, json().body, json().headers['transfer-encoding']]).toEqual([method, '', undefined]);
});

it('passes a body of a DELETE on', async () => {
  const { json } = await gateway.ask('/api/auth/me', {
    method: 'DELETE',
    body: '{"password":"x"}',
    headers: { 'content-length': '16' },
  });

  expect([json().method, json().body]).toEqual(['DELETE', '{"password":"x"}']);
});

it('makes no difference between a path with and without a trailing slash', async () => {
  const [one, other] = await Promise.all([gateway.ask('/api/posts?page=2'), gateway.ask('/api/posts/?page=2')]);

  expect([one.json().url, other.json().url]).toEqual(['/api/posts?page=2', '/api/posts?page=2']);
});

describe('what services are told of the client', () => {
  it('is its address, the public address, a request id and the trace', async () => {
    const { headers, json } = await gateway.ask('/api/posts', { headers: { host: 'api.example.com:8443' } });
    const echo = json() as Echo;

    expect(echo.headers).toMatchObject({
      'x-client-ip': '127.0.0.1',
      'x-public-base-url': 'http://api.example.com:8443',
      'x-request-id': headers['x-request-id'],
      'dapr-caller-app-id': 'gateway',
    });
    expect(echo.headers['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is not what the client itself says', async () => {
    const { json } = await gateway.ask('/api/posts', {
      headers: {
        'x-client-ip': '10.1.1.1',
        'x-client-user-agent': 'somebody else',
        'x-public-base-url': 'https://evil.example',
        'x-forwarded-for': '10.2.2.2',
        'x-forwarded-host': 'evil.example',
        forwarded: 'for=10.3.3.3',
        'dapr-app-id': 'auth',
        'dapr-api-token': 'guess',
        'dapr-caller-app-id': 'post',
      },
    });
    const { headers, app } = json() as Echo;

    expect(app).toBe('post');
    expect(headers['x-client-ip']).toBe('127.0.0.1');
    expect(headers['x-public-base-url']).toBe(`http://127.0.0.1:${gateway.built.port}`);
    expect(headers['dapr-caller-app-id']).toBe('gateway');
    expect(JSON.stringify(headers)).not.toMatch(/evil|10\.[123]|somebody|guess/);
  });

  it('is the request id that it chose, which is echoed', async () => {
    const { headers, json } = await gateway.ask('/api/posts', { headers: { 'x-request-id': 'mine-1' } });

    expect([headers['x-request-id'], json().headers['x-request-id']]).toEqual(['mine-1', 'mine-1']);
  });

  it('is a request id of ours where its own is none', async () => {
    const { headers, json } = await gateway.ask('/api/posts', { headers: { 'x-request-id': 'a b' } });

    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(json().headers['x-request-id']).toBe(headers['x-request-id']);
  });

  it('is the trace that it began, in a span of our own', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const { json } = await gateway.ask('/api/posts', { headers: { traceparent: `00-${trace}-b7ad6b7169203331-01` } });
    const [, traceId, spanId] = String(json().headers.traceparent).split('-');

    expect(traceId).toBe(trace);
    expect(spanId).not.toBe('b7ad6b7169203331');
  });

  it('is nothing of what concerns one connection only', async () => {
    const { json } = await gateway.ask('/api/posts', {
      headers: {
        connection: 'close, x-secret',
        'x-secret': '1',
        te: 'trailers',
        'keep-alive': 'timeout=5',
        'proxy-authorization': 'Basic eDp5',
      },
    });

    for (const name of ['x-secret', 'te', 'proxy-authorization']) expect(json().headers[name]).toBeUndefined();
  });
});

describe('answers', () => {
  it('come back with their headers, and without those of sidecars and services among themselves', async () => {
    const { status, headers, text } = await gateway.ask('/api/comments');

    expect([status, text]).toEqual([200, '{}']);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'set-cookie': ['a=1', 'b=2'],
      link: '<http://x/?page=2>; rel="next"',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(headers.vary).toContain('Accept');
    const internal = Object.keys(headers).filter((name) =>
      /^(dapr-|x-client|x-forwarded|traceparent|x-powered-by|server$)/.test(name),
    );
    expect(internal).toEqual([]);
  });

  it('to HEAD have headers and no body', async () => {
    const { status, headers, text } = await gateway.ask('/api/comments', { method: 'HEAD' });

    expect([status, headers['content-type'], text]).toEqual([200, 'application/json', '']);
  });

  it('of 204 and 304 stay without a body', async () => {
    const none = await gateway.ask('/api/comments/none', { method: 'DELETE' });
    const same = await gateway.ask('/api/comments/same');

    expect([none.status, none.headers['x-a'], none.text]).toEqual([204, '1', '']);
    expect([same.status, same.headers.etag, same.text]).toEqual([304, '"7"', '']);
  });

  it("that refuse, and that fail, are the service's own", async () => {
    const missing = await gateway.ask('/api/comments/missing');
    const broken = await gateway.ask('/api/comments/broken');

    expect([missing.status, missing.headers['content-type'], missing.json().code]).toEqual([
      404,
      'application/problem+json',
      'comment_not_found',
    ]);
    expect([broken.status, broken.json().code]).toEqual([500, 'internal_error']);
  });

  it('to OPTIONS without a preflight come from the service', async () => {
    const { json } = await gateway.ask('/api/posts', { method: 'OPTIONS' });

    expect([json().method, json().app]).toEqual(['OPTIONS', 'post']);
  });

  it('to a method that the API does not have name those that it has', async () => {
    const { status, headers, json } = await gateway.ask('/api/posts', { method: 'TRACE' });

    expect([status, headers.allow, json().code]).toEqual([
      405,
      'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
      'method_not_allowed',
    ]);
  });
});
