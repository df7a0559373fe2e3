import {
  Agent,
  request as startRequest,
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { pipeline } from 'node:stream/promises';
import {
  BadGateway,
  ContentTooLarge,
  createCircuits,
  GatewayTimeout,
  HttpError,
  ServiceUnavailable,
  traceHeaders,
} from '@commons/platform';
import { answerHeaders, requestHeaders } from '../domain/headers.ts';
import { isOwnFailure, readFailure } from './sidecar-failure.ts';
import { refuseRest, sendBody } from './request-body.ts';

/** Where a request goes, and what is said of its client. `path` has its query. */
export type Passage = { app: string; method: string; path: string; added: Record<string, string> };

/** Passes requests on to services, through the gateway's own sidecar. */
export type Sidecar = {
  /** Streams a request there and its answer back. @throws HttpError where there is no answer that can be passed back. */
  passOn(request: IncomingMessage, response: ServerResponse, passage: Passage): Promise<void>;
  close(): void;
};

export type SidecarOptions = {
  host: string;
  port: number;
  apiToken: string | undefined;
  timeoutMs: number;
  maxBodyBytes: number;
};

/** What is logged where a client did not wait for its answer. */
const CLIENT_LEFT = 499;

/** Nothing is read of a body but its length, either way; whoever is slower sets the pace. */
export function createSidecar({ host, port, apiToken, timeoutMs, maxBodyBytes }: SidecarOptions): Sidecar {
  const agent = new Agent({ keepAlive: true, scheduling: 'lifo' });
  const circuits = createCircuits();

  function begin(request: IncomingMessage, { app, method, path, added }: Passage): ClientRequest {
    const headers = {
      ...requestHeaders(request.headers),
      ...lengthOf(request),
      ...added,
      ...traceHeaders(),
      'dapr-app-id': app,
      ...(apiToken !== undefined && { 'dapr-api-token': apiToken }),
    };
    return startRequest({ host, port, agent, method, path, headers, timeout: timeoutMs });
  }

  async function ask(request: IncomingMessage, response: ServerResponse, passage: Passage): Promise<IncomingMessage> {
    const upstream = begin(request, passage);
    const leave = (): void => {
      if (!response.headersSent) response.statusCode = CLIENT_LEFT;
      upstream.destroy();
    };
    response.prependOnceListener('close', leave);
    upstream.once('close', () => response.off('close', leave));
    upstream.on('timeout', () => upstream.destroy(request.complete ? new GatewayTimeout() : new SlowRequest()));
    sendBody(request, response, upstream, maxBodyBytes);
    return answerOf(upstream);
  }

  async function answerTo(
    request: IncomingMessage,
    response: ServerResponse,
    passage: Passage,
  ): Promise<IncomingMessage> {
    const answer = await ask(request, response, passage).catch((error: unknown) => {
      if (isStale(error) && mayRepeat(request)) return ask(request, response, passage);
      throw error;
    });
    if (isOwnFailure(answer)) throw await readFailure(answer, { method: passage.method, maxBodyBytes });
    return answer;
  }

  return {
    async passOn(request, response, passage) {
      try {
        if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) throw new ContentTooLarge(maxBodyBytes);
        const answer = await circuits.through(passage.app, () => answerTo(request, response, passage));
        await sendBack(answer, response);
      } catch (error) {
        if (!response.closed && !response.headersSent) throw error;
        response.destroy();
      } finally {
        if (!request.complete) refuseRest(request);
      }
    },
    close: () => agent.destroy(),
  };
}

/** The client was too slow, not the service. */
class SlowRequest extends HttpError {
  constructor() {
    super(408, 'The body did not arrive in time.', { code: 'request_timeout' });
  }
}

/** A kept connection was closed by the sidecar while the request was on its way. */
class StaleConnection extends BadGateway {}

function answerOf(upstream: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    upstream.once('response', resolve);
    upstream.on('error', (error: NodeJS.ErrnoException) => reject(meaningOf(error, upstream.reusedSocket)));
  });
}

function meaningOf(error: NodeJS.ErrnoException, isReused: boolean): Error {
  if (error instanceof HttpError) return error;
  const isReset = error.code === 'ECONNRESET' || error.code === 'EPIPE';
  if (isReset && isReused) return new StaleConnection(error);
  if (isReset || error.code?.startsWith('HPE_')) return new BadGateway(error);
  return new ServiceUnavailable('The API is not reachable at the moment.', error);
}

const isStale = (error: unknown): boolean => error instanceof StaleConnection;

/** A request without a body that only reads has no second effect. */
const mayRepeat = ({ method, headers }: IncomingMessage): boolean =>
  ['GET', 'HEAD', 'OPTIONS'].includes(method ?? '') &&
  headers['content-length'] === undefined &&
  headers['transfer-encoding'] === undefined;

function lengthOf({ headers }: IncomingMessage): Record<string, string> {
  if (headers['transfer-encoding'] !== undefined) return { 'transfer-encoding': 'chunked' };
  return headers['content-length'] === undefined ? {} : { 'content-length': headers['content-length'] };
}

async function sendBack(answer: IncomingMessage, response: ServerResponse): Promise<void> {
  response.statusCode = answer.statusCode ?? 502;
  for (const [name, value] of Object.entries(answerHeaders(answer.headers))) {
    if (name === 'vary') response.appendHeader(name, String(value));
    else if (value !== undefined) response.setHeader(name, value);
  }
  await pipeline(answer, response);
}
