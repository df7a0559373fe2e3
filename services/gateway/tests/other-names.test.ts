import { describe, expect, it } from '@jest/globals';
import { otherNamesOf, type OtherName } from '../src/domain/other-names.ts';
import { echoes, gatewayOf } from './gateway-under-test.ts';

const gateway = gatewayOf({ apps: echoes });

it.each([
  ['POST', '/api/users/register', 'POST', '/api/auth/register', 'auth'],
  ['POST', '/register', 'POST', '/api/auth/register', 'auth'],
  ['POST', '/reg', 'POST', '/api/auth/register', 'auth'],
  ['POST', '/api/users/login', 'POST', '/api/auth/login', 'auth'],
  ['POST', '/login', 'POST', '/api/auth/login', 'auth'],
  ['POST', '/auth', 'POST', '/api/auth/login', 'auth'],
  ['POST', '/refresh-token', 'POST', '/api/auth/refresh', 'auth'],
  ['POST', '/oauth', 'POST', '/api/auth/oauth', 'auth'],
  ['DELETE', '/logout', 'POST', '/api/auth/logout', 'auth'],
  ['DELETE', '/delete', 'DELETE', '/api/auth/me', 'auth'],
  ['PATCH', '/me/update', 'PATCH', '/api/auth/me', 'auth'],
  ['GET', '/me', 'GET', '/api/auth/me', 'auth'],
  ['HEAD', '/me', 'HEAD', '/api/auth/me', 'auth'],
  ['GET', '/api/users/profile/66f2a1b0c3d4e5f60718293a', 'GET', '/api/profiles/66f2a1b0c3d4e5f60718293a', 'profile'],
  ['GET', '/user/66f2a1b0c3d4e5f60718293a', 'GET', '/api/profiles/66f2a1b0c3d4e5f60718293a', 'profile'],
  ['HEAD', '/user/66f2a1b0c3d4e5f60718293a', 'HEAD', '/api/profiles/66f2a1b0c3d4e5f60718293a', 'profile'],
  ['PUT', '/user/66f2a1b0c3d4e5f60718293a', 'PUT', '/api/profiles/66f2a1b0c3d4e5f60718293a', 'profile'],
  ['GET', '/users/id/66f2a1b0c3d4e5f60718293a', 'GET', '/api/profiles/66f2a1b0c3d4e5f60718293a', 'profile'],
  ['GET', '/users/search', 'GET', '/api/profiles', 'profile'],
  ['POST', '/subscriptions/request', 'POST', '/api/subscriptions/request', 'subscription'],
  ['POST', '/subscriptions/accept', 'POST', '/api/subscriptions/accept', 'subscription'],
  ['POST', '/subscriptions/decline', 'POST', '/api/subscriptions/decline', 'subscription'],
  ['DELETE', '/subscriptions/remove', 'DELETE', '/api/subscriptions/remove', 'subscription'],
  ['GET', '/subscriptions/requests', 'GET', '/api/subscriptions/requests', 'subscription'],
  ['GET', '/subscriptions/blocks', 'GET', '/api/subscriptions/blocks', 'subscription'],
  [
    'GET',
    '/subscriptions/66f2a1b0c3d4e5f60718293a',
    'GET',
    '/api/subscriptions/66f2a1b0c3d4e5f60718293a',
    'subscription',
  ],
  ['POST', '/chat/create', 'POST', '/api/chats', 'chat'],
  ['POST', '/messages/send', 'POST', '/api/chats/messages', 'chat'],
  ['GET', '/messages/chat/66f2a1b0c3d4e5f60718293a', 'GET', '/api/chats/66f2a1b0c3d4e5f60718293a/messages', 'chat'],
  ['POST', '/notifications/send', 'POST', '/api/notifications', 'notification'],
])('takes %s %s for %s %s', async (method, path, ourMethod, ourPath, app) => {
  const body = method === 'GET' || method === 'HEAD' ? undefined : '{"a":1}';
  const how = { method, ...(body && { body, headers: { 'content-length': String(body.length) } }) };
  const replies = [await gateway.ask(path, how), await gateway.ask(`${path}/?x=1`, how)];

  expect(replies.map(({ status }) => status)).toEqual([200, 200]);
  if (method === 'HEAD') return;
  expect(replies.map(({ json }) => json())).toEqual([
    expect.objectContaining({ app, method: ourMethod, url: ourPath, body: body ?? '' }),
    expect.objectContaining({ app, method: ourMethod, url: `${ourPath}?x=1`, body: body ?? '' }),
  ]);
});

describe('a name that is known', () => {
  it.each([
    ['GET', '/login', 'POST, OPTIONS'],
    ['POST', '/me', 'GET, HEAD, OPTIONS'],
    ['POST', '/logout', 'DELETE, OPTIONS'],
  ])('answers %s %s with the methods that it has', async (method, path, allow) => {
    const { status, headers, json } = await gateway.ask(path, { method });

    expect([status, headers.allow, json().code]).toEqual([405, allow, 'method_not_allowed']);
  });

  it('answers OPTIONS with the methods that it has', async () => {
    const { status, headers, text } = await gateway.ask('/me', { method: 'OPTIONS' });

    expect([status, headers.allow, text]).toEqual([204, 'GET, HEAD, OPTIONS', '']);
  });
});

describe('the table', () => {
  const name = (method: string, path: string, ourPath: string): OtherName => ({
    method,
    path,
    ourMethod: method,
    ourPath,
  });
  const names = [
    name('GET', '/user/:id', '/api/profiles/:id'),
    name('PUT', '/user/:id', '/api/profiles/:id'),
    name('GET', '/subscriptions/requests', '/api/subscriptions/requests'),
    name('GET', '/subscriptions/:id', '/api/subscriptions/:id'),
    name('GET', '/messages/chat/:id', '/api/chats/:id/messages'),
  ];

  it.each([
    ['/user/7', ['GET /api/profiles/7', 'PUT /api/profiles/7']],
    ['/subscriptions/requests', ['GET /api/subscriptions/requests']],
    ['/subscriptions/7', ['GET /api/subscriptions/7']],
    ['/messages/chat/7', ['GET /api/chats/7/messages']],
    ['/messages/chat', []],
    ['/user/7/8', []],
  ])('carries the id of %s over', (path, ours) => {
    expect(otherNamesOf(path, names).map(({ ourMethod, ourPath }) => `${ourMethod} ${ourPath}`)).toEqual(ours);
  });
});
