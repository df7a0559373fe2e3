import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request as the app got it. `target` is its path and query exactly as sent. */
export type Received = {
  method: string;
  target: string;
  headers: IncomingHttpHeaders;
  rawHeaders: readonly string[];
  body: Buffer;
};

export type Reply = { status?: number; headers?: OutgoingHttpHeaders; body?: string | Buffer | object };

/** Answers one path; gets what the app received there so far, this request included. */
export type Handler = (request: Received, before: number) => Reply | Promise<Reply>;

/** A small HTTP app that records what it gets. What has no handler answers 404. */
export type TestApp = {
  port: number;
  received: readonly Received[];
  /** The requests for a path (without its query), in the order in which they came. */
  at(path: string): Received[];
  /** Sets what a path answers. */
  on(path: string, handler: Handler | Reply): void;
  /** Forgets what was received. */
  clear(): void;
  close(): Promise<void>;
};

/** Starts an app on a free port of loopback, or on a given one. */
export async function startApp(handlers: Record<string, Handler | Reply> = {}, port = 0): Promise<TestApp> {
  const routes = new Map(Object.entries(handlers));
  const received: Received[] = [];
  const at = (path: string) => received.filter(({ target }) => pathOf(target) === path);

  const server = createServer((request, response) => {
    // A caller that goes away in the middle of a request leaves nothing to record.
    answer(request, response).catch(() => response.destroy());
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? '';
    const { method = '', headers, rawHeaders } = request;
    const seen: Received = { method, target, headers, rawHeaders, body: await buffer(request) };
    const before = at(pathOf(target)).length;
    received.push(seen);
    const route = routes.get(pathOf(target)) ?? { status: 404 };
    const reply = typeof route === 'function' ? await route(seen, before) : route;
    const { body = '' } = reply;
    const isJson = typeof body === 'object' && !Buffer.isBuffer(body);
    response.writeHead(reply.status ?? 200, {
      ...(isJson ? { 'content-type': 'application/json' } : {}),
      ...reply.headers,
    });
    response.end(isJson ? JSON.stringify(body) : body);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    received,
    at,
    on: (path, handler) => void routes.set(path, handler),
    clear: () => void received.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function pathOf(target: string): string {
  return target.split('?')[0] ?? '';
}
