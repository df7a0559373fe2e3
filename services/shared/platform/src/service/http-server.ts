import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { PlatformConfig } from '../config/platform-config.ts';

/** The server of a service: requests have to arrive in time, and only WebSockets are upgraded, where somebody serves them. */
export function createHttpServer(app: RequestListener, { REQUEST_LIMIT_MS }: PlatformConfig): Server {
  const server: Server = createServer(
    {
      requestTimeout: REQUEST_LIMIT_MS,
      headersTimeout: Math.min(10_000, REQUEST_LIMIT_MS),
      connectionsCheckingInterval: Math.min(1_000, REQUEST_LIMIT_MS),
      keepAliveTimeout: 65_000,
      shouldUpgradeCallback: (request): boolean => isWebSocket(request) && server.listenerCount('upgrade') > 0,
    },
    app,
  );
  return server;
}

/** Offers of other protocols (HTTP/2, as some clients make by default) are answered as ordinary requests. */
const isWebSocket = (request: IncomingMessage): boolean => request.headers.upgrade?.toLowerCase() === 'websocket';

/** Takes a port. @throws where it is not to be had. */
export function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Waits for the requests in hand; what is not done at the limit is cut off. */
export async function closeServer(server: Server, limitMs: number): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), limitMs);
  // A connection whose request ends only now would be kept alive, and the server with it.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearInterval(idle);
  clearTimeout(timer);
}
