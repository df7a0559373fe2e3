import { createHash } from 'node:crypto';
import { request as startRequest, type ClientRequest, type IncomingMessage, type RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { until } from '@commons/platform/testing';
import { expect, it } from '@jest/globals';
import { echoes, gatewayOf, readText } from './gateway-under-test.ts';

const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

/** What the app behind the gateway has seen and may do, by the path that a test uses. */
type Exchange = {
  received: number;
  isAborted: boolean;
  request?: IncomingMessage;
  answer?: Parameters<RequestListener>[1];
};
const exchanges = new Map<string, Exchange>();

const post: RequestListener = (request, response) => {
  const exchange: Exchange = { received: 0, isAborted: false, request, answer: response };
  exchanges.set(request.url ?? '', exchange);
  const hash = createHash('sha256');
  request.on('data', (chunk: Buffer) => {
    exchange.received += chunk.length;
    hash.update(chunk);
  });
  response.once('close', () => (exchange.isAborted = !response.writableFinished));
  if (request.method === 'POST')
    request.once('end', () => response.writeHead(201, { 'content-type': 'text/plain' }).end(hash.digest('hex')));
};

const gateway = gatewayOf({ apps: { ...echoes, post } });

const exchangeAt = async (path: string): Promise<Exchange> => {
  await until(() => exchanges.has(path), `a request for ${path}`);
  return exchanges.get(path)!;
};

function open(
  path: string,
  method: string,
  headers: Record<string, string> = {},
): { sent: ClientRequest; answer: Promise<IncomingMessage> } {
  const sent = startRequest({ host: '127.0.0.1', port: gateway.built.port, path, method, headers, agent: false });
  const answer = new Promise<IncomingMessage>((resolve, reject) =>
    sent.once('response', resolve).once('error', reject),
  );
  answer.catch(() => undefined);
  return { sent, answer };
}

it.each([
  ['of a known length', { 'content-length': String(6 * MEGABYTE.length) }],
  ['in chunks', {}],
])('hands a body %s on while it is still arriving, whole and unchanged', async (kind, headers) => {
  const path = `/api/posts/upload-${kind.length}`;
  const { sent, answer } = open(path, 'POST', headers);
  sent.write(MEGABYTE);
  const exchange = await exchangeAt(path);

  await until(() => exchange.received === MEGABYTE.length, 'the first megabyte');
  for (let count = 1; count < 6; count++) sent.write(MEGABYTE);
  sent.end();

  const hash = createHash('sha256');
  for (let count = 0; count < 6; count++) hash.update(MEGABYTE);
  const { statusCode } = await answer;
  expect(statusCode).toBe(201);
  expect(await readText(await answer)).toBe(hash.digest('hex'));
  expect(exchange.received).toBe(6 * MEGABYTE.length);
});

it('hands an answer back while the service is still writing it', async () => {
  const path = '/api/posts/download';
  const { sent, answer } = open(path, 'GET');
  sent.end();
  const exchange = await exchangeAt(path);
  exchange.answer?.writeHead(200, { 'content-type': 'application/octet-stream' }).write('first');

  const stream = (await answer)[Symbol.asyncIterator]();
  expect(String((await stream.next()).value)).toBe('first');
  exchange.answer?.end('last');
  expect(String((await stream.next()).value)).toBe('last');
});

it('takes no more from the service than a client that reads slowly has room for', async () => {
  const path = '/api/posts/slow-reader';
  const { sent, answer } = open(path, 'GET');
  sent.end();
  const exchange = await exchangeAt(path);
  const total = 160 * MEGABYTE.length;
  let produced = 0;
  const source = Readable.from(
    (function* () {
      for (; produced < total; produced += MEGABYTE.length) yield MEGABYTE;
    })(),
  );
  exchange.answer?.writeHead(200, { 'content-type': 'application/octet-stream' });
  void pipeline(source, exchange.answer!);
  const reader = (await answer).pause();

  await until(
    standsStill(() => produced),
    'a full pipe',
  );
  expect(produced).toBeLessThan(total);

  let received = 0;
  for await (const chunk of reader) received += (chunk as Buffer).length;
  expect(received).toBe(total);
});

/** A condition that holds when a number has not changed for thirty looks at it. */
function standsStill(value: () => number): () => boolean {
  let last = NaN;
  let looks = 0;
  return () => {
    looks = value() === last ? looks + 1 : 0;
    last = value();
    return looks === 30;
  };
}

it('ends the request at the service when the client leaves before the answer', async () => {
  const path = '/api/posts/left-early';
  const { sent } = open(path, 'GET');
  sent.on('error', () => undefined).end();
  const exchange = await exchangeAt(path);

  sent.destroy();

  await until(() => exchange.isAborted, 'the end of the request');
});

it('ends the request at the service when the client leaves in the middle of a body', async () => {
  const path = '/api/posts/left-in-body';
  const { sent } = open(path, 'POST', { 'content-length': String(2 * MEGABYTE.length) });
  sent.on('error', () => undefined).write(MEGABYTE);
  const exchange = await exchangeAt(path);
  await until(() => exchange.received > 0, 'the beginning of the body');

  sent.destroy();

  await until(() => exchange.isAborted, 'the end of the request');
});

it('ends the request at the service when the client leaves in the middle of an answer', async () => {
  const path = '/api/posts/left-in-answer';
  const { sent, answer } = open(path, 'GET');
  sent.on('error', () => undefined).end();
  const exchange = await exchangeAt(path);
  exchange.answer?.writeHead(200).write('first');
  (await answer).on('error', () => undefined).destroy();

  await until(() => {
    exchange.answer?.write(MEGABYTE);
    return exchange.isAborted;
  }, 'the end of the request');
});

it('passes an answer back that comes before the body is over, and stays usable', async () => {
  const path = '/api/posts/early-answer';
  const { sent, answer } = open(path, 'PUT', { 'content-length': String(4 * MEGABYTE.length) });
  sent.on('error', () => undefined).write(MEGABYTE);
  const exchange = await exchangeAt(path);
  exchange.answer?.writeHead(403, { 'content-type': 'application/problem+json' }).end('{"code":"forbidden"}');

  const early = await answer;
  expect([early.statusCode, await readText(early)]).toEqual([403, '{"code":"forbidden"}']);
  sent.destroy();
  expect((await gateway.ask('/api/likes')).status).toBe(200);
});

it('says 100 Continue only where the body is wanted', async () => {
  const path = '/api/posts/continued';
  const { sent, answer } = open(path, 'POST', { 'content-length': '5', expect: '100-continue' });
  const continued = new Promise<void>((resolve) => sent.once('continue', resolve));
  sent.flushHeaders();
  await continued;
  sent.end('hello');

  expect((await answer).statusCode).toBe(201);
  const { received, request } = await exchangeAt(path);
  expect([received, request?.headers.expect]).toEqual([5, undefined]);
});

it('refuses a body that is too large before any of it is sent', async () => {
  const isContinued = { yes: false };
  const { sent, answer } = open('/api/posts/too-large', 'POST', {
    'content-length': String(9 * MEGABYTE.length),
    expect: '100-continue',
  });
  sent.once('continue', () => (isContinued.yes = true));
  sent.on('error', () => undefined).flushHeaders();

  const refusal = await answer;
  expect([refusal.statusCode, JSON.parse(await readText(refusal)).code, isContinued.yes]).toEqual([
    413,
    'content_too_large',
    false,
  ]);
  expect(exchanges.has('/api/posts/too-large')).toBe(false);
  sent.destroy();
});

it('cuts off a body in chunks that grows too large', async () => {
  const path = '/api/posts/grows';
  const { sent, answer } = open(path, 'POST');
  sent.on('error', () => undefined);
  for (let count = 0; count < 9; count++) sent.write(MEGABYTE);

  const refusal = await answer;
  expect([refusal.statusCode, JSON.parse(await readText(refusal)).code]).toEqual([413, 'content_too_large']);
  const exchange = await exchangeAt(path);
  await until(() => exchange.isAborted, 'the end of the request');
  sent.destroy();
});
