import { createServer, request as startRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '@commons/platform/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { ask, buildGateway, echoes, readText } from './gateway-under-test.ts';

/** The service realtime, as far as the gateway sees it: it takes whoever says the right word. */
const handshakes: IncomingMessage[] = [];
const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'bearer' });
const realtime: Server = createServer();
realtime.on('upgrade', (request: IncomingMessage, socket, head) => {
  handshakes.push(request);
  socket.once('finish', () => socket.destroy());
  if (request.url?.includes('silent')) return void socket.resume().once('end', () => socket.end());
  if (request.url?.includes('gibberish')) return void socket.end('what?\r\n\r\n');
  if (!request.headers['sec-websocket-protocol']?.includes('good')) {
    const body = '{"status":401,"code":"unauthorized"}';
    socket.end(
      `HTTP/1.1 401 Unauthorized\r\ncontent-type: application/problem+json\r\nwww-authenticate: Bearer\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    );
    return;
  }
  sockets.handleUpgrade(request, socket, head, (connection) => {
    connection.on('message', (data, isBinary) => connection.send(data, { binary: isBinary }));
  });
});

const built: Awaited<ReturnType<typeof buildGateway>>[] = [];
const gatewayWith = async (environment: Record<string, string> = {}): Promise<number> => {
  const { port } = realtime.address() as AddressInfo;
  const gateway = await buildGateway({
    apps: echoes,
    environment: { REALTIME_URL: `http://127.0.0.1:${port}`, ...environment },
  });
  built.push(gateway);
  return gateway.port;
};

let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => realtime.listen(0, '127.0.0.1', resolve));
  port = await gatewayWith();
});
afterAll(async () => {
  await Promise.all(built.map((gateway) => gateway.stop()));
  sockets.clients.forEach((client) => client.terminate());
  realtime.closeAllConnections();
  await new Promise((resolve) => realtime.close(resolve));
});

async function open(path = '/ws', at = port, headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${at}${path}`, ['bearer', 'good'], { headers });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return socket;
}

const next = (socket: WebSocket): Promise<string> =>
  new Promise((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString())));

/** A handshake that is refused: its answer. */
function refused(
  path: string,
  headers: Record<string, string> = {},
  at = port,
): Promise<{ status: number; headers: object; body: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const handshake = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    startRequest({ host: '127.0.0.1', port: at, path, headers: { ...handshake, ...headers }, agent: false })
      .on('response', (answer) => {
        readText(answer).then(
          (text) =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              body: JSON.parse(text) as Record<string, unknown>,
            }),
          reject,
        );
      })
      .on('upgrade', () => reject(new Error('the handshake was accepted')))
      .on('error', reject)
      .end();
  });
}

describe('a WebSocket', () => {
  it('is passed on both ways, with its protocol, whatever it says', async () => {
    const socket = await open('/ws?ticket=a%20b');
    expect([socket.protocol, handshakes.at(-1)?.url]).toEqual(['bearer', '/ws?ticket=a%20b']);

    const large = 'x'.repeat(500_000);
    for (const text of ['hello', 'ü☃', large]) {
      socket.send(text);
      expect(await next(socket)).toBe(text);
    }
    socket.close(1000);
    expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(1000);
  });

  it('is opened at /ws/ as well', async () => {
    const socket = await open('/ws/');
    expect(handshakes.at(-1)?.url).toBe('/ws');
    socket.terminate();
  });

  it('is passed on with what is known of its client, and without what it says of itself', async () => {
    const said = {
      'x-client-ip': '10.1.1.1',
      'x-forwarded-for': '10.2.2.2',
      'dapr-api-token': 'guess',
      'x-request-id': 'mine',
      'user-agent': 'a client',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    };
    const socket = await open('/ws', port, said);
    const headers = handshakes.at(-1)?.headers;

    expect(headers).toMatchObject({
      'x-client-ip': '127.0.0.1',
      'x-public-base-url': `http://127.0.0.1:${port}`,
      'x-request-id': 'mine',
      'user-agent': 'a client',
      traceparent: said.traceparent,
    });
    expect(JSON.stringify(headers)).not.toMatch(/10\.[12]|guess/);
    socket.terminate();
  });

  it('ends at realtime when the client goes, and at the client when realtime ends it', async () => {
    const one = await open();
    const before = sockets.clients.size;
    one.terminate();
    await until(() => sockets.clients.size === before - 1, 'the end at realtime');

    const other = await open();
    const closed = new Promise((resolve) => other.once('close', resolve));
    [...sockets.clients].at(-1)?.close(4001, 'ended');
    expect(await closed).toBe(4001);
  });
});

describe('a handshake', () => {
  it('that realtime refuses is refused in its words', async () => {
    expect(await refused('/ws')).toEqual({
      status: 401,
      headers: expect.objectContaining({
        'content-type': 'application/problem+json',
        'www-authenticate': 'Bearer',
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      }),
      body: { status: 401, code: 'unauthorized' },
    });
  });

  it.each(['/', '/ws/other', '/api/posts', '/internal/GetJwks', '/WS'])('at %s finds nothing', async (path) => {
    const { status, headers, body } = await refused(path);

    expect([status, body['code']]).toEqual([404, 'route_not_found']);
    expect(headers).toMatchObject({ 'content-type': 'application/problem+json', 'x-request-id': expect.any(String) });
  });

  it.each(['//ws', '/ws/..', '/%2e/ws'])('at %s is refused', async (path) => {
    expect((await refused(path)).status).toBe(400);
  });

  it('gets 503 while realtime is away', async () => {
    const alone = await gatewayWith({ REALTIME_URL: 'http://127.0.0.1:1' });

    expect(await refused('/ws', {}, alone)).toMatchObject({
      status: 503,
      body: { code: 'service_unavailable', status: 503 },
    });
  });

  it('goes to each replica in turn, past one that is away', async () => {
    const { port: first } = realtime.address() as AddressInfo;
    const asked: string[] = [];
    const second = createServer((_request, response) => void response.writeHead(404).end());
    second.on('upgrade', (request: IncomingMessage, socket) => {
      asked.push(request.url ?? '');
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}');
    });
    await new Promise<void>((resolve) => second.listen(0, '127.0.0.1', resolve));
    const addresses = [first, 1, (second.address() as AddressInfo).port].map((at) => `http://127.0.0.1:${at}`);
    const gateway = await gatewayWith({ REALTIME_URL: addresses.join(', ') });
    const statuses: number[] = [];

    for (let handshake = 0; handshake < 6; handshake++) statuses.push((await refused('/ws', {}, gateway)).status);
    await new Promise((resolve) => second.close(resolve));
    for (let handshake = 0; handshake < 3; handshake++) statuses.push((await refused('/ws', {}, gateway)).status);

    expect([statuses.slice(0, 6).toSorted(), statuses.slice(6)]).toEqual([
      [401, 401, 403, 403, 403, 403],
      [401, 401, 401],
    ]);
    expect(asked).toHaveLength(4);
  });

  it('gets 502 where realtime answers gibberish', async () => {
    expect(await refused('/ws?gibberish')).toMatchObject({ status: 502, body: { code: 'bad_gateway' } });
  });

  it('gets 504 where realtime says nothing', async () => {
    const hasty = await gatewayWith({ UPSTREAM_TIMEOUT_MS: '100' });

    expect(await refused('/ws?silent', {}, hasty)).toMatchObject({ status: 504, body: { code: 'gateway_timeout' } });
  });

  it('gets 503 where there is no room for one more', async () => {
    const small = await gatewayWith({ WEBSOCKETS_MAX: '1' });
    const first = await open('/ws', small);
    expect(await refused('/ws', {}, small)).toMatchObject({ status: 503 });

    first.terminate();
    await until(async () => (await refused('/ws', {}, small)).status === 401, 'room for one more');
  });

  it('gets 429 from an address that asks too often', async () => {
    const strict = await gatewayWith({ RATE_LIMIT_ADDRESS_PER_SECOND: '2' });
    const statuses: number[] = [];
    await until(async () => {
      statuses.push((await refused('/ws', {}, strict)).status);
      return statuses.includes(429);
    }, 'a refusal');

    expect(
      await Promise.all([refused('/ws', {}, strict), refused('/ws', {}, strict), refused('/ws', {}, strict)]),
    ).toContainEqual(
      expect.objectContaining({
        status: 429,
        headers: expect.objectContaining({ 'retry-after': '1', 'ratelimit-limit': '2' }),
      }),
    );
  });
});

it('answers 426 to /ws without an upgrade', async () => {
  const { status, headers, json } = await ask(port, '/ws');

  expect([status, headers.upgrade, json().code]).toEqual([426, 'websocket', 'upgrade_required']);
});

it('ends its WebSockets when it stops, and does not wait for them', async () => {
  const gateway = await buildGateway({
    apps: echoes,
    environment: { REALTIME_URL: `http://127.0.0.1:${(realtime.address() as AddressInfo).port}` },
  });
  const socket = await open('/ws', gateway.port);
  const closed = new Promise((resolve) => socket.once('close', resolve));

  await gateway.stop();

  expect(await closed).toBe(1006);
});
