import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { BadRequest, HttpError, refuseSocket } from '@commons/platform';

/** Answers what Node could not read as a request, in the words of the API, and closes its connection. */
export function refuseUnreadableRequests(server: Server): void {
  const inHand = new WeakMap<Duplex, ServerResponse>();
  const note = (request: IncomingMessage, response: ServerResponse): void => void inHand.set(request.socket, response);
  server.on('request', note);
  server.on('checkContinue', note);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const response = inHand.get(socket);
    const isAnswering = response !== undefined && response.headersSent && !response.writableFinished;
    if (error.code === 'ECONNRESET' || isAnswering) socket.destroy();
    else refuseSocket(socket, meaningOf(error));
  });
}

function meaningOf({ code }: NodeJS.ErrnoException): HttpError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new HttpError(408, 'The request did not arrive in time.', { code: 'request_timeout' });
  if (code === 'HPE_HEADER_OVERFLOW')
    return new HttpError(431, 'The headers are too long.', { code: 'headers_too_long' });
  return new BadRequest('The request cannot be read.', 'unreadable_request');
}
