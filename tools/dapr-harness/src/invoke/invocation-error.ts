import type { OutgoingHttpHeaders } from 'node:http';
import { DaprError } from '../api/http.ts';
import { messageOf } from '../message-of.ts';
import { StatusError } from '../resiliency/errors.ts';

/** The gRPC codes that an error between two sidecars can carry. */
export type RpcCode = 'Internal' | 'InvalidArgument' | 'PermissionDenied' | 'Unavailable';

/** An error as it comes from the callee's sidecar. */
export class RpcError extends Error {
  readonly code: RpcCode;

  constructor(code: RpcCode, description: string, cause?: unknown) {
    super(`rpc error: code = ${code} desc = ${description}`, { cause });
    this.name = 'RpcError';
    this.code = code;
  }
}

/** The app answered with neither 2xx nor 3xx: for the retry policy a failure, for the caller the answer. */
export class AppFailure extends StatusError {
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;

  constructor(status: number, headers: OutgoingHttpHeaders, body: Buffer) {
    super(status, `received non-successful status code in response: ${status}`);
    this.headers = headers;
    this.body = body;
  }
}

/** What the caller is told when the invocation itself failed. */
export function invocationFailure(targetId: string, error: unknown): DaprError {
  const status = error instanceof RpcError && error.code === 'PermissionDenied' ? 403 : 500;
  const reason = messageOf(error);
  return new DaprError(status, 'ERR_DIRECT_INVOKE', `failed to invoke, id: ${targetId}, err: ${reason}`);
}

/** The answer to a request that names no app. */
export function noAppId(): DaprError {
  const message = 'failed getting app id either from the URL path or the header dapr-app-id';
  return new DaprError(404, 'ERR_DIRECT_INVOKE', message);
}
