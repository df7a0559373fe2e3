import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the app got it. */
export type Received = { method: string; url: string; headers: IncomingHttpHeaders; body: string };

export type Reply = { status?: number; headers?: Record<string, string>; body?: string };

/** Answers a request; nothing is an empty 200. */
export type Handler = (request: Received) => Reply | undefined | Promise<Reply | undefined>;

/** An app behind a sidecar that remembers what it was asked. */
export type TestApp = {
  port: number;
  received: Received[];
  /** The bodies of what was posted to a path, as JSON. */
  events(path: string): Record<string, unknown>[];
  close(): Promise<void>;
};

/** Starts an app with these subscriptions; what is neither Dapr's nor in `handlers` gets an empty 200. */
export async function startTestApp(
  subscriptions: readonly object[] = [],
  handlers: Record<string, Handler> = {},
): Promise<TestApp> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const message = { method, url, headers, body: Buffer.concat(chunks).toString() };
    if (url === '/dapr/config') return void response.writeHead(404).end();
    if (url === '/dapr/subscribe') return void response.end(JSON.stringify(subscriptions));
    received.push(message);
    const { status = 200, headers: own = {}, body = '' } = (await handlers[url.split('?')[0] ?? '']?.(message)) ?? {};
    return void response.writeHead(status, own).end(body);
  });
  return {
    port: await listen(server),
    received,
    events: (path) =>
      received.filter(({ url }) => url === path).map(({ body }) => JSON.parse(body) as Record<string, unknown>),
    close: () => close(server),
  };
}

export function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
