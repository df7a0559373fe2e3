import type { ServerResponse } from 'node:http';
import { DaprError, type ApiAnswer } from './http.ts';
import { BadParameter } from './router.ts';

/** Sends an answer: an object as JSON, a 204 without a body. JSON is the type of a body that names none. */
export function sendAnswer(response: ServerResponse, { status, headers, body }: ApiAnswer): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  if (body === undefined) {
    response.end();
    return;
  }
  const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', Buffer.byteLength(bytes));
  response.end(bytes);
}

/** A line of plain text, as daprd sends for what is wrong before any API is reached. */
export function plainText(status: number, line: string): ApiAnswer {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
  return { status, headers, body: `${line}\n` };
}

/** The answer to an error that a handler threw. */
export function errorAnswer(error: unknown): ApiAnswer {
  if (error instanceof DaprError) return error.toAnswer();
  if (error instanceof BadParameter) return plainText(400, error.message);
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: { errorCode: 'ERROR', message } };
}
