import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import { ContentTooLarge } from '@commons/platform';

/** How long a client may go on sending a body that nobody wants, so that it can read why. */
const LINGER_MS = 2_000;

/** Streams a request's body, if it has one, and cuts it off at the limit; `Expect: 100-continue` is answered here. */
export function sendBody(
  request: IncomingMessage,
  response: ServerResponse,
  upstream: ClientRequest,
  maxBytes: number,
): void {
  const isChunked = request.headers['transfer-encoding'] !== undefined;
  if (!isChunked && Number(request.headers['content-length'] ?? 0) === 0) {
    upstream.end();
    return;
  }
  if (request.headers.expect !== undefined) response.writeContinue();
  const source = isChunked ? request.pipe(atMost(maxBytes)) : request;
  source.on('error', (error) => upstream.destroy(error));
  source.pipe(upstream);
}

/** Reads past the rest of a body, but not for long. */
export function refuseRest(request: IncomingMessage): void {
  request.unpipe();
  request.resume();
  const timer = setTimeout(() => request.destroy(), LINGER_MS).unref();
  request.once('close', () => clearTimeout(timer));
}

function atMost(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(new ContentTooLarge(maxBytes));
      else done(null, chunk);
    },
  });
}
