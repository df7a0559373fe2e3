import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { signIn } from '../src/api.ts';
import { SentenceError } from '../src/sentence-error.ts';

type Answer = [status: number, body: object];

let server: Server;
let url: string;
let asked: string[];
/** What is answered, by method and path, in this order. */
let answers: Map<string, Answer[]>;

beforeEach(async () => {
  [asked, answers] = [[], new Map()];
  server = createServer((request, response) => {
    const route = `${request.method ?? ''} ${request.url ?? ''}`;
    asked.push([route, request.headers.authorization ?? ''].join(' ').trim());
    const [status, body] = answers.get(route)?.shift() ?? [404, { code: 'not_found', detail: 'Nothing there.' }];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const who = () => ({ url, username: 'alice', email: 'alice@example.com', password: 'correct horse' });
const tokens = (number: number, expires_in = 900) => ({
  ...{ token: `t${number}`, refresh_token: `r${number}`, expires_in },
});
const refused: Answer = [401, { code: 'wrong_credentials', detail: 'No.' }];

describe('signing in', () => {
  it('finds the account', async () => {
    answers.set('POST /api/auth/login', [[200, { ...tokens(1), user_id: 'a', username: 'Alice' }]]);
    const { api, isNew } = await signIn(who());
    expect([api.me, isNew, await api.token()]).toEqual([{ user_id: 'a', username: 'Alice' }, false, 't1']);
  });

  it('makes the account where there is none', async () => {
    answers.set('POST /api/auth/login', [refused]);
    answers.set('POST /api/auth/register', [[201, { ...tokens(1), id: 'a', username: 'alice' }]]);
    const { api, isNew } = await signIn(who());
    expect([api.me, isNew]).toEqual([{ user_id: 'a', username: 'alice' }, true]);
  });

  it('says so where the password is another', async () => {
    answers.set('POST /api/auth/login', [refused]);
    answers.set('POST /api/auth/register', [[400, { code: 'user_exists', detail: 'There is one.' }]]);
    await expect(signIn(who())).rejects.toThrow(
      new SentenceError('alice has another password, or alice@example.com belongs to somebody else.'),
    );
  });

  it('hands on what else the platform says, and that nobody answers', async () => {
    answers.set('POST /api/auth/login', [[429, { detail: 'Too many failures.' }]]);
    await expect(signIn(who())).rejects.toThrow(new SentenceError('Too many failures.'));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(signIn(who())).rejects.toThrow(
      `Nothing answers at ${url} (ECONNREFUSED). Start the platform, or say --url.`,
    );
    server.listen(0);
  });
});

describe('whoever has signed in', () => {
  it('asks in their own name, and renews a token before it runs out', async () => {
    answers.set('POST /api/auth/login', [[200, { ...tokens(1, 30), user_id: 'a', username: 'alice' }]]);
    answers.set('POST /api/auth/refresh', [[200, tokens(2)]]);
    answers.set('GET /api/chats?limit=100', [[200, { results: [] }]]);
    answers.set('GET /api/chats/x/messages?limit=2', [[200, { results: [{ seq: 2 }, { seq: 1 }] }]]);
    const { api } = await signIn(who());

    expect(await Promise.all([api.chats(), api.history('x', 2)])).toEqual([[], [{ seq: 1 }, { seq: 2 }]]);

    expect(asked.slice(1).sort()).toEqual([
      'GET /api/chats/x/messages?limit=2 Bearer t2',
      'GET /api/chats?limit=100 Bearer t2',
      'POST /api/auth/refresh',
    ]);
  });

  it('signs in again where a token cannot be renewed any more', async () => {
    answers.set('POST /api/auth/login', [
      [200, { ...tokens(1, 0), user_id: 'a', username: 'alice' }],
      [200, tokens(3)],
    ]);
    answers.set('POST /api/auth/refresh', [refused]);
    const { api } = await signIn(who());
    expect(await api.token()).toBe('t3');
  });

  it('finds people by their whole name, whatever the case', async () => {
    answers.set('POST /api/auth/login', [[200, { ...tokens(1), user_id: 'a', username: 'alice' }]]);
    const results = [
      { id: 'b2', username: 'bobby' },
      { id: 'b', username: 'Bob' },
    ];
    answers.set('GET /api/profiles?q=bob&limit=100', [
      [200, { results }],
      [200, { results: results.slice(0, 1) }],
    ]);
    const { api } = await signIn(who());
    expect(await api.findUser('bob')).toEqual({ user_id: 'b', username: 'Bob' });
    expect(await api.findUser('bob')).toBeUndefined();
  });
});
