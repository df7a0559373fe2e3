import type { OutgoingHttpHeaders } from 'node:http';
import type { AppAnswer, AppChannel } from '../api/component-family.ts';
import { readBody } from '../api/read-body.ts';
import { USER_AGENT } from '../invoke/headers.ts';
import { parseOrigin, type HttpClient, type Origin } from '../invoke/http-client.ts';

/** The way to a sidecar's own app. */
export type OwnApp = AppChannel & {
  origin: Origin;
  get(path: string, headers: OutgoingHttpHeaders, signal: AbortSignal): Promise<AppAnswer>;
  post(path: string, headers: OutgoingHttpHeaders, body: Buffer, signal?: AbortSignal): Promise<AppAnswer>;
};

/** Opens the way to an app on this machine; every request carries the app's token, if it has one. */
export function createAppChannel(client: HttpClient, port: number, appApiToken: string | undefined): OwnApp {
  const origin = parseOrigin(`http://127.0.0.1:${port}`);
  const send = async (
    method: string,
    path: string,
    headers: OutgoingHttpHeaders,
    body: Buffer | undefined,
    signal?: AbortSignal,
  ): Promise<AppAnswer> => {
    if (appApiToken) headers['dapr-api-token'] = appApiToken;
    headers['user-agent'] ??= USER_AGENT;
    if (body) headers['content-length'] = body.length;
    const rooted = path.startsWith('/') ? path : `/${path}`;
    const answer = await client.send({ origin, method, path: rooted, headers, body, signal });
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: await readBody(answer, Infinity) };
  };
  return {
    origin,
    get: (path, headers, signal) => send('GET', path, headers, undefined, signal),
    post: (path, headers, body, signal) => send('POST', path, headers, body, signal),
    call: (method, path, headers = {}, body) =>
      send(method, path, { ...headers }, body === undefined ? undefined : Buffer.from(body)),
  };
}
