import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** One request to the sidecar's HTTP API. `path` is percent-decoded and has no query; `body()` reads the whole body once. */
export type ApiRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body(): Promise<Buffer>;
  raw: IncomingMessage;
};

/** What a route answers. An object body is sent as JSON; a 204 sends none. */
export type ApiAnswer = { status: number; headers?: Record<string, string>; body?: Buffer | string | object };

/**
 * A path of the API, e.g. `/v1.0/state/:store/:key` or `/v1.0/publish/:pubsub/*topic`: `:name` takes one segment, `*name` the rest,
 * slashes included (it may be empty). Parameters arrive percent-decoded.
 */
export type ApiRoute = {
  methods: readonly string[];
  pattern: string;
  handle(request: ApiRequest, params: Record<string, string>): Promise<ApiAnswer>;
};

/** A detail of a rich error, e.g. `{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', … }`. */
export type ErrorDetail = { '@type': string } & Record<string, unknown>;

/** Thrown by a handler, answered as Dapr's error body `{ errorCode, message, details? }` with `status`. */
export class DaprError extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly details: readonly ErrorDetail[] | undefined;

  constructor(status: number, errorCode: string, message: string, details?: readonly ErrorDetail[]) {
    super(message);
    this.name = 'DaprError';
    this.status = status;
    this.errorCode = errorCode;
    this.details = details;
  }

  /** The answer that a client gets. */
  toAnswer(): ApiAnswer {
    const body = { errorCode: this.errorCode, message: this.message };
    return { status: this.status, body: this.details ? { ...body, details: this.details } : body };
  }
}
