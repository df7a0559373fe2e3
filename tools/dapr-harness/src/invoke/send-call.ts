import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { CalleeUnreachable, type HttpClient, type Origin } from './http-client.ts';
import { asRequestPath } from './method-path.ts';
import type { InvocationTarget } from './target.ts';

/** One attempt. `headers` is what the app will get; it is kept between attempts, so that forwarding lists grow. */
export type Call = {
  target: InvocationTarget;
  verb: string;
  headers: OutgoingHttpHeaders;
  body: Buffer | Readable | undefined;
  query: string;
  isStreaming: boolean;
  /** The length of a body that is over the limit: the call fails as it would halfway through. */
  excess: { length: string; limit: number } | undefined;
  signal: AbortSignal | undefined;
};

/** Sends a call's request for a method to where it goes. Rejects with `CalleeUnreachable`, or for a method that is no path. */
export async function sendCall(
  client: HttpClient,
  call: Call,
  method: string,
  origin: Origin,
): Promise<IncomingMessage> {
  const { verb, query, headers, body, signal, excess } = call;
  const path = method === '' ? '/' : asRequestPath(method, origin.text);
  const request = { origin, method: verb, path: query === '' ? path : `${path}?${query}`, headers, body, signal };
  if (excess) throw new CalleeUnreachable(request, brokenOff(excess));
  return client.send(request);
}

function brokenOff({ length, limit }: { length: string; limit: number }): Error {
  const reason = `http: ContentLength=${length} with Body length ${limit}`;
  return new Error(`net/http: HTTP/1.x transport connection broken: ${reason}`);
}
