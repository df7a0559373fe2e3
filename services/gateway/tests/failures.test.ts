import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSocketServer, type AddressInfo, type Server as SocketServer } from 'node:net';
import { until } from '@commons/platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ask, buildGateway, echoes, gatewayOf } from './gateway-under-test.ts';

const servers: (Server | SocketServer)[] = [];
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const listen = async (server: Server | SocketServer): Promise<number> => {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

/** A gateway whose sidecar is whatever listens on a port. */
async function gatewayAt(sidecarPort: number, environment: Record<string, string> = {}): Promise<number> {
  const built = await buildGateway({ environment: { DAPR_HTTP_PORT: String(sidecarPort), ...environment } });
  stops.push(() => built.stop());
  return built.port;
}

const problemOf = async (port: number, method = 'GET', body?: string) => {
  const { status, headers, text } = await ask(port, '/api/posts', { method, ...(body !== undefined && { body }) });
  const { code, detail, trace_id } = JSON.parse(text === '' ? '{}' : text) as Record<string, string>;
  return { status, type: headers['content-type'], code, detail, isTraced: /^[0-9a-f]{32}$/.test(trace_id ?? '') };
};

const problem = (status: number, code: string, detail: string) => ({
  status,
  type: 'application/problem+json; charset=utf-8',
  code,
  detail,
  isTraced: true,
});

const away = problem(503, 'service_unavailable', 'A service is away at the moment.');
const late = problem(504, 'gateway_timeout', 'A service did not answer in time.');
const broken = problem(502, 'bad_gateway', 'A service answered in a way that cannot be used.');

const dapr =
  (status: number, errorCode: string, message: string): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ errorCode, message }));
  };

describe('what the sidecar could not do', () => {
  it.each([
    ['a service that is not there', "failed to invoke, id: post, err: couldn't find service: post", away],
    ['a circuit that is open', 'failed to invoke, id: post, err: circuit breaker is open', away],
    [
      'a service that refuses connections',
      'failed to invoke, id: post, err: dial tcp 127.0.0.1:1: connect: connection refused',
      away,
    ],
    ['a service that is too slow', 'failed to invoke, id: post, err: context deadline exceeded', late],
    ['a service that breaks off', 'failed to invoke, id: post, err: Get "http://127.0.0.1:3000/": EOF', broken],
  ])('answers for %s', async (_name, message, expected) => {
    const port = await gatewayAt(await listen(createServer(dapr(500, 'ERR_DIRECT_INVOKE', message))));

    expect(await problemOf(port)).toEqual(expected);
    expect(await problemOf(port, 'POST', '{}')).toEqual(expected);
  });

  it('answers 503 for HEAD, whose failure has no words', async () => {
    const port = await gatewayAt(await listen(createServer(dapr(500, 'ERR_DIRECT_INVOKE', "couldn't find service"))));

    expect((await ask(port, '/api/posts', { method: 'HEAD' })).status).toBe(503);
  });

  it.each([
    ['forbids the call', dapr(403, 'ERR_DIRECT_INVOKE', 'access control policy has denied access'), broken],
    ['knows no app', dapr(404, 'ERR_DIRECT_INVOKE', 'failed getting app id'), broken],
    [
      'does not take our token',
      (_request, response) => void response.writeHead(401, { 'content-type': 'text/plain' }).end('invalid api token'),
      broken,
    ],
    [
      'answers an error that is no problem',
      (_request, response) => void response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>oh</h1>'),
      broken,
    ],
    [
      'finds the headers too long',
      (_request, response) => void response.writeHead(431, { 'content-type': 'text/plain' }).end(),
      problem(431, 'headers_too_long', 'The headers are too long.'),
    ],
    [
      'finds the body too large',
      dapr(500, 'ERR_DIRECT_INVOKE', 'failed to invoke, id: post, err: stream too large'),
      problem(413, 'content_too_large', 'The limit is 8388608 bytes.'),
    ],
  ])('answers where it %s', async (_name, sidecar, expected) => {
    const port = await gatewayAt(await listen(createServer(sidecar)));

    expect(await problemOf(port)).toEqual(expected);
  });
});

describe('a sidecar', () => {
  const gone = problem(503, 'service_unavailable', 'The API is not reachable at the moment.');

  it('that is away makes 503', async () => {
    const port = await gatewayAt(1);

    expect(await problemOf(port)).toEqual(gone);
    expect(await problemOf(port, 'POST', '{}')).toEqual(gone);
  });

  it('that says nothing makes 504 after the limit', async () => {
    const port = await gatewayAt(await listen(createServer(() => undefined)), { UPSTREAM_TIMEOUT_MS: '100' });

    expect(await problemOf(port)).toEqual(late);
    expect(await problemOf(port, 'POST', '{}')).toEqual(late);
  });

  it('that answers gibberish makes 502', async () => {
    const port = await gatewayAt(
      await listen(createSocketServer((socket) => void socket.resume().end('Hello there\r\n\r\n'))),
    );

    expect(await problemOf(port)).toEqual(broken);
  });

  it('that hangs up makes 502', async () => {
    const port = await gatewayAt(
      await listen(createSocketServer((socket) => void socket.once('data', () => socket.destroy()))),
    );

    expect(await problemOf(port)).toEqual(broken);
  });

  it('that falls silent within an answer has it cut off', async () => {
    const sidecar = createServer((_request, response) => void response.writeHead(200).write('first'));
    const port = await gatewayAt(await listen(sidecar), { UPSTREAM_TIMEOUT_MS: '100' });

    await expect(ask(port, '/api/posts')).rejects.toThrow('aborted');
  });

  it('that closed a kept connection is asked again where that is safe', async () => {
    let requests = 0;
    const sidecar = createServer((request, response) => {
      requests++;
      if (requests === 2) request.socket.destroy();
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    const port = await gatewayAt(await listen(sidecar));

    expect([(await ask(port, '/api/posts')).status, (await ask(port, '/api/posts')).status, requests]).toEqual([
      200, 200, 3,
    ]);
  });

  it('that closed a kept connection is not asked again to change something', async () => {
    let requests = 0;
    const sidecar = createServer((request, response) => {
      requests++;
      if (requests === 2) request.socket.destroy();
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    const port = await gatewayAt(await listen(sidecar));

    expect([
      (await ask(port, '/api/posts')).status,
      (await ask(port, '/api/posts', { method: 'POST' })).status,
      requests,
    ]).toEqual([200, 502, 2]);
  });
});

describe('behind a real sidecar', () => {
  const gateway = gatewayOf({ apps: echoes });

  it('a service that is away makes 503, and comes back by itself', async () => {
    const { port, harness } = gateway.built;
    const undo = await harness.faults.stop('post');
    expect(await problemOf(port)).toEqual(away);
    await undo();

    await until(async () => (await ask(port, '/api/posts')).status === 200, 'the service to be back');
  });

  it('a service that hangs is waited for thrice, then not asked for a moment; others still are', async () => {
    const { port, harness, stop } = await buildGateway({ apps: echoes, environment: { UPSTREAM_TIMEOUT_MS: '500' } });
    stops.push(stop);
    const undo = harness.faults.delay({ on: 'invocation', app: 'post' }, 5_000);
    for (let time = 0; time < 3; time++) expect(await problemOf(port)).toEqual(late);

    expect(await problemOf(port)).toEqual(away);
    expect(await problemOf(port, 'POST', '{"title":"a"}')).toEqual(away);
    expect((await ask(port, '/api/comments')).status).toBe(200);
    undo();

    await until(async () => (await ask(port, '/api/posts')).status === 200, 'the service to be back');
  });
});
