import { beforeAll, describe, expect, it } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import type { Account } from './support/client.ts';
import { onePlatform } from './support/one-platform.ts';

const { api, url } = onePlatform();
let user: Account;
let admin: Account;
beforeAll(async () => {
  user = await api.register();
  admin = await api.login('root', 'correct horse battery');
});

const HUGE = '9'.repeat(400);
const ODD_BODIES: [name: string, body: string][] = [
  ['nothing', ''],
  ['half an object', '{"a":'],
  ['an array', '[]'],
  ['null', 'null'],
  ['a number', '1e400'],
  ['deep nesting', `${'['.repeat(40_000)}${']'.repeat(40_000)}`],
  ['prototype keys', '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}'],
  [
    'operators',
    '{"username":{"$gt":""},"email":{"$ne":null},"password":{"$regex":".*"},"refresh_token":{"$gt":""},"post_id":{"$ne":1},"content":{"$where":"1"},"title":{"$set":1}}',
  ],
  [
    'NUL and lone surrogates',
    '{"username":"a\\u0000b","title":"\\ud800","content":"\\u0000","password":"\\udfff\\udfff\\udfff\\udfff","email":"\\u0000@x.y"}',
  ],
  [
    'wrong types',
    '{"username":[],"email":5,"password":true,"title":{},"content":[1],"tags":"x","post_id":7,"parent":[],"read":"yes","user_ids":"all","roles":"admin","status":1}',
  ],
  ['huge numbers', `{"limit":${HUGE},"page":-${HUGE},"read":${HUGE}}`],
];

type Operation = { method: string; path: string };

async function operations(): Promise<Operation[]> {
  const { body } = await api.send('GET', '/openapi.json');
  return Object.entries(body.paths as Record<string, Record<string, unknown>>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  );
}

const fill = (path: string, value: string): string => path.replace(/\{[^}]+\}/g, value);

/** What every error owes its caller. */
function expectProperRefusal(what: string, reply: { status: number; body: unknown; headers: Headers }): void {
  expect({ what, failed: reply.status >= 500 }).toEqual({ what, failed: false });
  if (reply.status < 400) return;
  expect({ what, type: reply.headers.get('content-type') }).toEqual({
    what,
    type: expect.stringContaining('application/problem+json'),
  });
  expect(reply.body).toMatchObject({
    type: expect.any(String),
    title: expect.any(String),
    status: reply.status,
    code: expect.stringMatching(/^[a-z0-9_]+$/),
  });
}

/** Ends the sender's own session or account: tried with tokens of their own. */
const ENDS_SESSION = new Set(['POST /api/auth/logout', 'DELETE /api/auth/me', 'POST /api/auth/password']);

describe('odd requests', () => {
  it.each(ODD_BODIES)(
    'never make a route fail: %s as a body',
    async (_name, body) => {
      for (const { method, path } of await operations()) {
        if (method === 'GET' || ENDS_SESSION.has(`${method} ${path}`)) continue;
        for (const as of [user, admin]) {
          const reply = await api.send(method, fill(path, '0'.repeat(24)), { as, ...(body !== '' && { body }) });
          expectProperRefusal(`${method} ${path}`, reply);
        }
      }
    },
    120_000,
  );

  it('never make a route fail: odd ids in paths', async () => {
    for (const { method, path } of await operations()) {
      if (!path.includes('{')) continue;
      for (const id of [
        'x',
        '%00',
        '%ff',
        '..%2f..',
        '%24gt',
        'a'.repeat(3_000),
        '%F0%9F%8E%88',
        '__proto__',
        '0x1',
        '-1',
      ]) {
        expectProperRefusal(`${method} ${path} ${id}`, await api.send(method, fill(path, id), { as: user }));
      }
    }
  }, 120_000);

  it('never make a list fail: odd queries', async () => {
    const queries = [
      'page=0',
      'page=-1',
      `page=${HUGE}`,
      'page=1&page=2',
      'limit=x',
      'limit=0',
      'limit=1e9',
      'cursor=%00',
      'cursor=e30',
      'ordering=__proto__',
      'q=%00',
      'q=%22%27%5C-%22',
      'tag[$ne]=1',
      'author_id[$gt]=',
      'page[]=1',
      `q=${'a'.repeat(5_000)}`,
      'user_id=x',
      '%',
      '=&&&=',
    ];
    for (const { method, path } of await operations()) {
      if (method !== 'GET' || path.includes('{')) continue;
      for (const query of queries)
        expectProperRefusal(`GET ${path}?${query}`, await api.send('GET', `${path}?${query}`, { as: admin }));
    }
  }, 120_000);

  it('never make a route fail: odd headers', async () => {
    const odd: Record<string, string>[] = [
      { authorization: 'Bearer' },
      { authorization: 'Bearer a.b.c' },
      { authorization: 'Basic dXNlcjpwYXNz' },
      { authorization: `Bearer ${'a'.repeat(7_000)}` },
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/json; charset=utf-7' },
      { 'content-type': 'multipart/form-data' },
      { 'content-encoding': 'zstd' },
      { 'if-match': '"' },
      { 'if-none-match': '*' },
      { 'idempotency-key': 'k'.repeat(300) },
      { 'x-request-id': 'a b' },
      { traceparent: '00-zz-zz-zz' },
      { range: 'bytes=9-1' },
      { 'dapr-app-id': 'auth' },
      { 'dapr-caller-app-id': 'post' },
      { 'dapr-api-token': 'guess' },
      { accept: 'text/html' },
    ];
    for (const headers of odd) {
      for (const [method, path] of [
        ['GET', '/api/posts'],
        ['POST', '/api/posts'],
        ['POST', '/api/auth/login'],
        ['GET', '/api/auth/me'],
        ['PUT', `/api/posts/${'0'.repeat(24)}`],
      ] as const) {
        const reply = await api.send(method, path, { as: user, headers, ...(method !== 'GET' && { body: '{}' }) });
        expectProperRefusal(`${method} ${path} ${JSON.stringify(headers)}`, reply);
      }
    }
  }, 120_000);

  it('never reach what is not public, however the path is written', async () => {
    const paths = [
      '/internal/ListUsers',
      '/api/posts/../../internal/ListUsers',
      '/api/posts/%2e%2e/%2e%2e/internal/ListUsers',
      '//internal/ListUsers',
      '/api/posts/..%2f..%2finternal/ListUsers',
      '/api//posts/..;/internal/x',
      '/events/queue/user-events/UserDeleted',
      '/dapr/subscribe',
      '/v1.0/invoke/auth/method/internal/ListUsers',
      '/api/posts\\..\\internal',
      '/API/posts/../internal/ListUsers',
    ];
    for (const path of paths) {
      const status = await rawStatus('POST', path, admin.token);
      expect({ path, refused: status === 400 || status === 404 }).toEqual({ path, refused: true });
    }
  });

  it('name the methods that a path takes', async () => {
    const reply = await api.send('DELETE', '/api/posts', { as: user });

    expect([reply.status, reply.headers.get('allow'), reply.body.code]).toEqual([
      405,
      'GET, POST, HEAD, OPTIONS',
      'method_not_allowed',
    ]);
  });

  it('are answered by 413 over the limit, before anything else is looked at', async () => {
    const reply = await api.send('POST', '/api/comments', {
      as: user,
      body: JSON.stringify({ content: 'x'.repeat(150_000) }),
    });

    expect([reply.status, reply.body.code]).toEqual([413, 'content_too_large']);
  });

  it('have the same answer with and without a trailing slash', async () => {
    for (const path of ['/api/posts', '/api/auth/me', '/api/nothing', `/api/posts/${'0'.repeat(24)}`]) {
      const [plain, slashed] = await Promise.all([
        api.send('GET', path, { as: user }),
        api.send('GET', `${path}/`, { as: user }),
      ]);
      expect({ path, status: slashed.status, code: slashed.body.code }).toEqual({
        path,
        status: plain.status,
        code: plain.body.code,
      });
    }
  });
});

/** Sends a path as it is written: fetch would tidy it up. */
function rawStatus(method: string, path: string, token: string): Promise<number> {
  const { hostname, port } = new URL(url());
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        hostname,
        port,
        method,
        path,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    request.once('error', reject);
    request.end('{}');
  });
}
