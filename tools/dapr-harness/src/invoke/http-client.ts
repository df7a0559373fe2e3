import http, { type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';

/** Where requests go: a host and what stands before every path. */
export type Origin = { isSecure: boolean; host: string; port: number; basePath: string; text: string };

/** One request to an app or an endpoint. `path` has its query; a body that is a stream is sent as it comes. */
export type HttpCall = {
  origin: Origin;
  method: string;
  path: string;
  headers: OutgoingHttpHeaders;
  body: Buffer | Readable | undefined;
  signal?: AbortSignal | undefined;
};

/** Sends requests over connections that are kept. */
export type HttpClient = { send(call: HttpCall): Promise<IncomingMessage>; close(): void };

type Agents = { plain: http.Agent; secure: https.Agent };

/** The callee could not be reached or broke off. The message reads as daprd's. */
export class CalleeUnreachable extends Error {
  constructor({ origin, method, path }: HttpCall, cause: NodeJS.ErrnoException) {
    const verb = method.charAt(0) + method.slice(1).toLowerCase();
    super(`${verb} "${origin.text}${path}": ${describe(origin, cause)}`, { cause });
    this.name = 'CalleeUnreachable';
  }
}

/** Reads a base URL such as `http://127.0.0.1:3000` or `https://example.com/api`. */
export function parseOrigin(url: string): Origin {
  const { protocol, hostname, port, pathname } = new URL(url);
  const isSecure = protocol === 'https:';
  return {
    isSecure,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (isSecure ? 443 : 80),
    basePath: pathname.replace(/\/$/, ''),
    text: url.replace(/\/$/, ''),
  };
}

export function createHttpClient(): HttpClient {
  const agents: Agents = {
    plain: new http.Agent({ keepAlive: true, scheduling: 'lifo' }),
    secure: new https.Agent({ keepAlive: true }),
  };
  return {
    send: (call) => send(call, agents, true),
    close: () => {
      agents.plain.destroy();
      agents.secure.destroy();
    },
  };
}

/** A kept connection that the callee closed meanwhile is not its failure: such a request is sent once more. */
function send(call: HttpCall, agents: Agents, mayRepeat: boolean): Promise<IncomingMessage> {
  const { origin, method, headers, body, signal } = call;
  const options: https.RequestOptions = {
    method,
    headers,
    host: origin.host,
    port: origin.port,
    path: origin.basePath + call.path,
    agent: origin.isSecure ? agents.secure : agents.plain,
    ...(signal && { signal }),
  };
  return new Promise((resolve, reject) => {
    const request = (origin.isSecure ? https : http).request(options, (answer) => {
      answer.once('end', () => setImmediate(giveUpRest, request));
      resolve(answer);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const isStale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      if (isStale && mayRepeat && !isStream(body)) resolve(send(call, agents, false));
      else reject(new CalleeUnreachable(call, error));
    });
    if (isStream(body)) body.on('error', (error) => request.destroy(error)).pipe(request);
    else request.end(body);
  });
}

/** A callee that has answered reads no more: a body that is still on its way would hold the connection for ever. */
function giveUpRest(request: http.ClientRequest): void {
  if (!request.writableFinished) request.destroy();
}

function isStream(body: Buffer | Readable | undefined): body is Readable {
  return body !== undefined && !Buffer.isBuffer(body);
}

function describe(origin: Origin, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ECONNREFUSED') return `dial tcp ${origin.host}:${origin.port}: connect: connection refused`;
  return code === 'ECONNRESET' ? 'EOF' : message;
}
