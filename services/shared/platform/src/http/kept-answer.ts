import type { Answer } from './answers.ts';
import { HttpError, type FieldError } from './errors.ts';

/** An answer as it is kept for a request that comes again. */
export type KeptAnswer = { status: number; body: string | null; headers: Record<string, string> };

/** A refusal as it is kept. */
export type KeptRefusal = {
  status: number;
  message: string;
  code: string;
  errors: FieldError[] | null;
  headers: Record<string, string>;
};

export const keepAnswer = ({ status, body, headers = {} }: Answer): KeptAnswer => ({
  status,
  body: body === undefined ? null : JSON.stringify(body),
  headers,
});

export const keepRefusal = ({ status, message, code, errors, headers }: HttpError): KeptRefusal => ({
  status,
  message,
  code,
  errors: errors ?? null,
  headers,
});

/** The answer again, and a word that it is one. */
export const replay = ({ status, body, headers }: KeptAnswer): Answer => ({
  status,
  ...(body !== null && { body: JSON.parse(body) as unknown }),
  headers: { ...headers, 'idempotency-replayed': 'true' },
});

export const refuseAgain = ({ status, message, code, errors, headers }: KeptRefusal): HttpError =>
  new HttpError(status, message, { code, ...(errors && { errors }), headers });
