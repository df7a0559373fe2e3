import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorAnswer, plainText, sendAnswer } from './answer.ts';
import { cleanPath, decodePath, splitTarget } from './clean-path.ts';
import type { ApiRequest } from './http.ts';
import { readBody } from './read-body.ts';
import type { Router } from './router.ts';
import { NO_TRACE, traceOf } from './trace-context.ts';

/** Go allows the read buffer of 4 KiB and 4 KiB more. */
const MAX_HEADER_BYTES = 8192;

export type ApiServerOptions = {
  router: Router;
  /** Takes what no route matches: service invocation by header, or a 404. Answers by itself. */
  fallback(request: IncomingMessage, response: ServerResponse): Promise<void>;
  apiToken: string | undefined;
  maxBodyBytes: number;
  /** Runs before a route's handler; may delay or refuse. */
  beforeRoute(request: ApiRequest): Promise<void> | undefined;
};

/** The HTTP server of one sidecar. */
export type ApiServer = { listen(port: number): Promise<number>; close(): Promise<void> };

export function createApiServer(options: ApiServerOptions): ApiServer {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, requestTimeout: 0, keepAliveTimeout: 0 });
  server.on('request', (request, response) => {
    response.once('finish', () => discardRest(request));
    serve(options, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendAnswer(response, errorAnswer(error));
    });
  });
  return { listen: (port) => listen(server, port), close: () => close(server) };
}

/** What is left of a body that was answered early is read and thrown away: the next request comes behind it. */
function discardRest(request: IncomingMessage): void {
  if (request.complete) return;
  request.unpipe();
  request.resume();
}

async function serve(options: ApiServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { path: rawPath, query } = splitTarget(request.url ?? '/');
  if (/%(?![\da-f]{2})/i.test(rawPath)) {
    sendBadRequest(response);
    return;
  }
  const path = cleanPath(rawPath);
  const method = request.method ?? 'GET';
  const isHealthCheck = path === '/v1.0/healthz' || path === '/v1.0/healthz/outbound';
  if (!isHealthCheck) setTraceHeader(request, response);
  if (
    options.apiToken &&
    request.headers['dapr-api-token'] !== options.apiToken &&
    !(isHealthCheck && method === 'GET')
  ) {
    sendAnswer(response, plainText(401, 'invalid api token'));
    return;
  }
  const found = options.router(method, path);
  if (!found) return options.fallback(request, response);
  const apiRequest = asApiRequest(request, method, path, query, options.maxBodyBytes);
  await options.beforeRoute(apiRequest);
  sendAnswer(response, await found.route.handle(apiRequest, found.params));
}

/** What is said of every unknown path where invocation is not allowed. */
export async function servePageNotFound(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  sendAnswer(response, plainText(404, '404 page not found'));
}

/** What Go's server says, before any handler, to a path that cannot be decoded. */
function sendBadRequest(response: ServerResponse): void {
  response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end('400 Bad Request');
}

function setTraceHeader(request: IncomingMessage, response: ServerResponse): void {
  const { traceparent, tracestate } = traceOf(request.headers);
  response.setHeader('traceparent', traceparent || NO_TRACE);
  if (tracestate !== '') response.setHeader('tracestate', tracestate);
  const { baggage } = request.headers;
  if (typeof baggage === 'string') response.setHeader('baggage', baggage);
}

function asApiRequest(raw: IncomingMessage, method: string, path: string, query: string, maxBytes: number): ApiRequest {
  let whole: Promise<Buffer> | undefined;
  return {
    method,
    path: decodePath(path),
    query: new URLSearchParams(query),
    headers: raw.headers,
    raw,
    body: () => (whole ??= readBody(raw, maxBytes)),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
