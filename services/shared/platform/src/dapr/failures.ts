import { z } from 'zod';
import { BadGateway, GatewayTimeout, HttpError, ServiceUnavailable } from '../http/errors.ts';
import { SidecarTimeout } from './with-timeout.ts';

/** The sidecar could not do what it was asked. */
export class DaprFailure extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'DaprFailure';
  }
}

export type SidecarAnswer = {
  status: number | undefined;
  errorCode: string | undefined;
  message: string;
  body: unknown;
};

const sdkError = z.object({ status: z.number().optional(), error_msg: z.string().optional() });
const daprError = z.object({ errorCode: z.string(), message: z.string() });
const problem = z.object({
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

/** Reads the SDK's errors, whose message is a JSON of the sidecar's status and body. */
export function failureOf(error: unknown): SidecarAnswer {
  const text = error instanceof Error ? error.message : String(error);
  const outer = sdkError.safeParse(parseJson(text));
  if (!outer.success) return { status: undefined, errorCode: undefined, message: text, body: undefined };
  const body = parseJson(outer.data.error_msg ?? '');
  const inner = daprError.safeParse(body);
  return {
    status: outer.data.status,
    errorCode: inner.success ? inner.data.errorCode : undefined,
    message: inner.success ? inner.data.message : (outer.data.error_msg ?? text),
    body,
  };
}

/**
 * What a failed invocation means for our own client: the callee's 4xx is passed on, a callee that is away is a 503,
 * one that is slow a 504, one that failed a 502.
 */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof SidecarTimeout) return new GatewayTimeout(error);
  const { status, errorCode, message, body } = failureOf(error);
  if (errorCode === 'ERR_DIRECT_INVOKE') return fromSidecar(message, error);
  if (status === undefined) return new ServiceUnavailable('A service is away at the moment.', error);
  if (status === 503 || status === 504) return ownTrouble(status, error);
  if (status >= 500) return new BadGateway(error);
  const parsed = problem.safeParse(body);
  if (!parsed.success) return new BadGateway(error);
  return new HttpError(status, parsed.data.detail, {
    code: parsed.data.code,
    ...(parsed.data.errors && { errors: parsed.data.errors }),
    cause: error,
  });
}

/** The other service is there, and waits for something in its turn: for our client that is the same, for its circuit it is not. */
function ownTrouble(status: 503 | 504, cause: unknown): HttpError {
  const { message, code, headers } = status === 503 ? new ServiceUnavailable() : new GatewayTimeout();
  return new HttpError(status, message, { code, headers, cause });
}

/** Tells the sidecar's own failures of an invocation apart by their words: Dapr has one code for all. */
export function fromSidecar(message: string, cause: unknown): HttpError {
  if (/deadline exceeded|timeout/i.test(message)) return new GatewayTimeout(cause);
  if (/\bEOF\b|malformed|parse error/i.test(message)) return new BadGateway(cause);
  return new ServiceUnavailable('A service is away at the moment.', cause);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
