import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Kept } from './fake-routes.ts';
import { answerOf, nothingKept } from './fake-routes.ts';

/** What a fake answers instead of its own answer: by method and path, in the order in which they were put. */
export interface Interruption {
  route: string;
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface FakePlatform extends Kept {
  url: string;
  /** what came in, as `METHOD path` */
  requests: string[];
  /** every Idempotency-Key that came in */
  keys: string[];
  interruptions: Interruption[];
  close: () => Promise<void>;
}

/** The part of the public API that the demo uses, in memory: tokens are `token-of-<username>`. */
export async function startFakePlatform(): Promise<FakePlatform> {
  const server = createServer((request, response) => void answer(platform, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const platform: FakePlatform = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...nothingKept(),
    requests: [],
    keys: [],
    interruptions: [],
    close: () => close(server),
  };
  return platform;
}

async function answer(platform: FakePlatform, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', platform.url);
  const route = `${request.method ?? ''} ${pathname}`;
  const key = request.headers['idempotency-key'];
  platform.requests.push(route);
  if (typeof key === 'string') platform.keys.push(key);

  const text = (await request.toArray()).join('');
  const body = (text === '' ? {} : JSON.parse(text)) as Record<string, string>;
  const username = (request.headers.authorization ?? '').replace('Bearer token-of-', '');
  const index = platform.interruptions.findIndex((interruption) => interruption.route === route);
  const [interruption] = index === -1 ? [] : platform.interruptions.splice(index, 1);
  const [status, result] = interruption
    ? [interruption.status, interruption.body]
    : answerOf(route, { kept: platform, query: searchParams, body, username });
  response.writeHead(status, { 'content-type': 'application/json', ...interruption?.headers });
  response.end(result === undefined ? undefined : JSON.stringify(result));
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
