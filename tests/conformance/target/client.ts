import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

/** An answer, its body whole. */
export type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

export type SendOptions = { method?: string; headers?: OutgoingHttpHeaders; body?: string | Buffer };

/** Sends a request exactly as written: the path is not normalised, no header is added but `host`, `connection` and the length. */
export function send(url: string, { method = 'GET', headers = {}, body }: SendOptions = {}): Promise<Answer> {
  const { hostname, port, pathAndQuery } = split(url);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path: pathAndQuery, method, headers: { ...headers }, agent: false });
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      text(response).then(
        (whole) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: whole }),
        reject,
      );
    });
    if (body === undefined) outgoing.end();
    else outgoing.setHeader('content-length', Buffer.byteLength(body)).end(body);
  });
}

/** Sends a JSON body by POST. A text is sent as it is. */
export function post(url: string, body: unknown, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
  const json = typeof body === 'string' ? body : JSON.stringify(body);
  return send(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: json });
}

/** What counts of a JSON answer: its status and its parsed body, undefined for none. */
export function jsonOf({ status, body }: Answer): { status: number; body: unknown } {
  return { status, body: body === '' ? undefined : JSON.parse(body) };
}

/** Headers that say something, without those of the connection, which differ from hop to hop. */
export function meaningful(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.has(name)));
}

const OF_THE_CONNECTION = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'date',
  'host',
  'keep-alive',
  'transfer-encoding',
]);

/** `URL` would clean the path. */
function split(url: string): { hostname: string; port: string; pathAndQuery: string } {
  const [, hostname = '', port = '', pathAndQuery = '/'] = /^http:\/\/([^:/]+):(\d+)(\/.*)?$/s.exec(url) ?? [];
  return { hostname, port, pathAndQuery };
}
