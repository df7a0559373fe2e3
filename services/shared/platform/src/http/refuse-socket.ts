import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HttpError } from './errors.ts';
import { problemOf } from './problem.ts';

/**
 * Writes an error to a socket that has no response object, e.g. of a refused WebSocket handshake, and closes it.
 * @param requestId goes along as `X-Request-Id` where there is one.
 */
export function refuseSocket(socket: Duplex, error: HttpError, requestId?: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(problemOf(error));
  const headers = {
    ...error.headers,
    ...(requestId !== undefined && { 'x-request-id': requestId }),
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? 'Error'}`, ...lines].join('\r\n');
  socket.once('finish', () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.end(`${head}\r\n\r\n${body}`);
}
