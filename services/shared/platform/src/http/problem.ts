import { STATUS_CODES } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import mongoose from 'mongoose';
import { MulterError } from 'multer';
import type { Logger } from '../log/logger.ts';
import { isDatabaseAway } from '../mongo/database-away.ts';
import { currentTraceId } from '../observability/tracing.ts';
import { routeOf } from './matched-route.ts';
import { BadRequest, Conflict, ContentTooLarge, HttpError, ServiceUnavailable } from './errors.ts';

/** An RFC 9457 problem. `code` is stable and in snake_case; `errors` names the fields of a validation. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors?: { path: string; message: string }[];
  trace_id: string | null;
};

/** The body that a client gets for an error. */
export function problemOf(error: HttpError): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    detail: error.message,
    code: error.code,
    ...(error.errors && { errors: error.errors }),
    trace_id: currentTraceId() ?? null,
  };
}

/** The last handler of every app: whatever was thrown becomes `application/problem+json`; a 5xx is logged in full. */
export function problemHandler(log: Logger) {
  return (thrown: unknown, request: Request, response: Response, next: NextFunction): void => {
    const error = asHttpError(thrown);
    if (error.status >= 500)
      log[error.status === 500 ? 'error' : 'warn'](
        { err: error.cause ?? thrown, method: request.method, route: routeOf(request) },
        'request failed',
      );
    if (response.headersSent) {
      next(thrown);
      return;
    }
    sendProblem(response, error);
  };
}

/** Writes an error to a response that has not begun. */
export function sendProblem(response: Response, error: HttpError): void {
  response.status(error.status).set(error.headers).set('cache-control', 'no-store');
  response.type('application/problem+json').send(JSON.stringify(problemOf(error)));
}

/** Gives anything that can be thrown the status that it stands for. */
export function asHttpError(thrown: unknown): HttpError {
  if (thrown instanceof HttpError) return thrown;
  if (thrown instanceof MulterError) return fromMulter(thrown);
  if (isDuplicateKey(thrown)) return new Conflict('It is there already.', 'already_exists');
  if (isDatabaseAway(thrown)) return new ServiceUnavailable('The database is away at the moment.', thrown);
  const status = statusOf(thrown);
  if (status === 400) return new BadRequest('The request cannot be read.', 'unreadable_request');
  if (status !== undefined) {
    return new HttpError(status, STATUS_CODES[status] ?? 'Error', {
      code: (STATUS_CODES[status] ?? 'error').toLowerCase().replace(/[^a-z]+/g, '_'),
    });
  }
  return new HttpError(500, 'Something went wrong here. It has been noted.', { code: 'internal_error', cause: thrown });
}

function fromMulter(error: MulterError): HttpError {
  if (error.code === 'LIMIT_FILE_SIZE' || error.code === 'LIMIT_FIELD_VALUE')
    return new ContentTooLarge(error.code === 'LIMIT_FILE_SIZE' ? 5 * 1024 * 1024 : 100 * 1024);
  return new BadRequest(
    `The form cannot be read: ${error.message}.`,
    'unreadable_form',
    error.field ? [{ path: error.field, message: error.message }] : undefined,
  );
}

function isDuplicateKey(thrown: unknown): boolean {
  return thrown instanceof mongoose.mongo.MongoServerError && thrown.code === 11000;
}

/** Errors of Express and its parsers carry the 4xx that they stand for. */
function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) return undefined;
  const { status } = thrown;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
