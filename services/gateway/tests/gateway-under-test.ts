import {
  request as startRequest,
  type IncomingHttpHeaders,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { buildService, type BuildOptions, type ServiceUnderTest } from '@commons/platform/testing';
import { afterAll, beforeAll } from '@jest/globals';
import type { GatewayContext } from '../src/context.ts';
import { APPS } from '../src/domain/route-table.ts';
import { service } from '../src/service.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads answers of any shape
type Json = any;

export type Reply = { status: number; headers: IncomingHttpHeaders; text: string; json: () => Json };

export type Ask = {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
};

export type GatewayUnderTest = {
  built: ServiceUnderTest<GatewayContext>;
  /** Asks the gateway on its real port; the path goes out as it stands. */
  ask(path: string, options?: Ask): Promise<Reply>;
};

/** A real gateway with small apps behind a harness, for the tests of a file. */
export function gatewayOf(options: BuildOptions): GatewayUnderTest {
  let built: ServiceUnderTest<GatewayContext> | undefined;
  const get = (): ServiceUnderTest<GatewayContext> => {
    if (!built) throw new Error('the gateway is not there yet');
    return built;
  };
  beforeAll(async () => {
    built = await buildGateway(options);
  });
  afterAll(async () => {
    await built?.stop();
  });
  return {
    get built() {
      return get();
    },
    ask: (path, how) => ask(get().port, path, how),
  };
}

/** Builds one for a single test, which stops it itself. */
export const buildGateway = (options: BuildOptions): Promise<ServiceUnderTest<GatewayContext>> =>
  buildService(service, {
    ...options,
    environment: { RATE_LIMIT_ADDRESS_PER_SECOND: '0', RATE_LIMIT_USER_PER_SECOND: '0', ...options.environment },
  });

/** One request on a connection of its own; unlike `fetch` it leaves the path alone. */
export function ask(port: number, path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = startRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (answer) => {
      readText(answer).then(
        (text) =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text,
            json: () => JSON.parse(text),
          }),
        reject,
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export async function readText(stream: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

/** What an echo app says of a request that reached it. */
export type Echo = { app: string; method: string; url: string; headers: IncomingHttpHeaders; body: string };

/** An app that says what it was asked; nothing where the client left before its end. */
const echo =
  (app: string): RequestListener =>
  (request, response) => {
    const say = (body: string): void => {
      const seen: Echo = { app, method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(seen));
    };
    readText(request).then(say, () => response.destroy());
  };

/** All the services as echoes. */
export const echoes: Record<string, RequestListener> = Object.fromEntries(APPS.map((app) => [app, echo(app)]));

/** Answers a problem as services do. */
export function refuse(response: ServerResponse, status: number, code: string): void {
  const problem = { type: 'about:blank', title: 'Refused', status, detail: 'No.', code, trace_id: null };
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
}
