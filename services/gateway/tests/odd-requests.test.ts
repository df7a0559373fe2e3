import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { echoes, gatewayOf, readText, type GatewayUnderTest } from './gateway-under-test.ts';

const gateway = gatewayOf({ apps: echoes });

/** Sends bytes as they are and gives the whole of what comes back. */
const send = (...lines: string[]): Promise<string> => sendTo(gateway, lines);

async function sendTo({ built }: GatewayUnderTest, lines: string[]): Promise<string> {
  const socket = connect(built.port, '127.0.0.1');
  socket.setEncoding('utf8').write(lines.join('\r\n'));
  return readText(socket);
}

describe('a path that others might read differently', () => {
  it.each([
    '/api/posts/../../internal/GetJwks',
    '/api/posts/./x',
    '/api/posts/%2e%2e/internal/GetJwks',
    '/api/posts/%2E%2e/%2e./internal/GetJwks',
    '/api/posts/%252e%252e/internal/GetJwks',
    '/api/posts/%25252e%25252e/internal/GetJwks',
    '/api/posts/..%2finternal',
    '/api/posts/..%5cinternal',
    '/api/posts/..\\internal',
    '/api/posts//internal/GetJwks',
    '//api/posts',
    '//internal/GetJwks',
    '/api//posts',
    '/api/posts//',
    '/api/posts/a%2fb',
    '/api/posts/a%252fb',
    '/api/posts/a%00',
    '/api/posts/%0d%0ax',
    '/api/posts/%3Fx=1',
    '/api/posts/a%23b',
    '/api/posts/%',
    '/api/posts/%zz',
    '/api/posts/%c0%ae%c0%ae/internal',
    '/api/posts/a#b',
    '/internal/../api/posts',
    '/..',
    '/%2e%2e/internal/GetJwks',
  ])('is refused: %s', async (path) => {
    const { status, json } = await gateway.ask(path);

    expect([status, json().code]).toEqual([400, 'invalid_path']);
  });

  it.each(['/%69nternal/GetJwks', '/INTERNAL/GetJwks', '/api/%70osts', '/internal;/GetJwks', '/%64apr/subscribe'])(
    'is unknown where it only looks like one of ours: %s',
    async (path) => {
      expect((await gateway.ask(path)).status).toBe(404);
    },
  );

  it.each([
    '/api/posts/caf%C3%A9',
    '/api/posts/a%20b',
    "/api/posts/~!$&'()*+,;=:@-._",
    '/api/posts/...',
    '/api/posts/%E2%98%83?a=../../x%2f..&b=//',
  ])('goes through where it cannot be mistaken: %s', async (path) => {
    const { status, json } = await gateway.ask(path);

    expect([status, json().url]).toEqual([200, path]);
  });
});

describe('a request that is odd', () => {
  it('is answered in the absolute form as in the usual one', async () => {
    expect(
      await send('GET http://localhost/api/likes?x=1 HTTP/1.1', 'host: localhost', 'connection: close', '', ''),
    ).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*"url":"\/api\/likes\?x=1"/);
  });

  it('is not answered as a whole server', async () => {
    expect(await send('OPTIONS * HTTP/1.1', 'host: localhost', 'connection: close', '', '')).toMatch(
      /^HTTP\/1\.1 404 /,
    );
  });

  it.each([
    ['two lengths', ['content-length: 5', 'content-length: 6']],
    ['a length and chunks', ['content-length: 5', 'transfer-encoding: chunked']],
    ['an encoding that is none', ['transfer-encoding: chunked, identity']],
    ['a length that is none', ['content-length: -1']],
    ['a header without a name', [': x']],
    ['a folded header', ['x-a: 1', ' 2']],
    ['a NUL in a header', ['x-a: \0']],
  ])('with %s is refused, and its connection closed', async (_name, headers) => {
    const answer = await send('POST /api/likes HTTP/1.1', 'host: localhost', ...headers, '', 'hello', '');

    expect(answer).toMatch(
      /^HTTP\/1\.1 400 Bad Request\r\n[^]*content-type: application\/problem\+json[^]*"code":"unreadable_request"/,
    );
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  it('without a host is refused', async () => {
    expect(await send('GET /api/likes HTTP/1.1', 'connection: close', '', '')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it.each(['evil.example/path', 'a b', 'user@host', '<script>', 'host:port'])(
    'with the host %s is refused',
    async (host) => {
      const { status, json } = await gateway.ask('/api/likes', { headers: { host } });

      expect([status, json().code]).toEqual([400, 'invalid_host']);
    },
  );

  it('with headers too long is refused', async () => {
    expect(await send('GET /api/likes HTTP/1.1', 'host: localhost', `x-long: ${'x'.repeat(20_000)}`, '', '')).toMatch(
      /^HTTP\/1\.1 431 Request Header Fields Too Large\r\n[^]*"code":"headers_too_long"/,
    );
  });

  it('with an expectation that nobody knows is refused', async () => {
    expect(
      await send('GET /api/likes HTTP/1.1', 'host: localhost', 'expect: miracles', 'connection: close', '', ''),
    ).toMatch(/^HTTP\/1\.1 417 /);
  });

  it('that offers HTTP/2 is answered in HTTP/1.1', async () => {
    expect(
      await send(
        'GET /api/likes HTTP/1.1',
        'host: localhost',
        'connection: upgrade, http2-settings, close',
        'upgrade: h2c',
        'http2-settings: AAMAAABk',
        '',
        '',
      ),
    ).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it('that asks to be a tunnel gets none', async () => {
    expect(await send('CONNECT localhost:80 HTTP/1.1', 'host: localhost', '', '')).toBe('');
  });

  it('comes after another on the same connection, and both are answered', async () => {
    const answer = await send(
      'POST /api/likes HTTP/1.1',
      'host: localhost',
      'content-length: 5',
      '',
      'helloGET /api/comments HTTP/1.1',
      'host: localhost',
      'connection: close',
      '',
      '',
    );

    expect([...answer.matchAll(/"app":"(\w+)"/g)].map(([, app]) => app)).toEqual(['like', 'comment']);
  });
});

describe('a client that takes too long', () => {
  const hasty = gatewayOf({ apps: echoes, environment: { REQUEST_LIMIT_MS: '1000' } });

  it.each([
    ['head', ['GET /api/likes HTTP/1.1', 'host: loc']],
    ['body', ['POST /api/likes HTTP/1.1', 'host: localhost', 'content-length: 10', '', 'hel']],
  ])('over the %s of a request is cut off', async (_part, lines) => {
    expect(await sendTo(hasty, lines)).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n[^]*"code":"request_timeout"/);
  });
});
