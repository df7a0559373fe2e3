export type FieldError = { path: string; message: string };

export type HttpErrorOptions = {
  code: string;
  errors?: FieldError[];
  headers?: Record<string, string>;
  cause?: unknown;
};

/** Anything that ends a request with a status other than success. Its message is for the client: nothing secret in it. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldError[] | undefined;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, options: HttpErrorOptions) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.status = status;
    this.code = options.code;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }
}

/** 400: it cannot be understood. */
export class BadRequest extends HttpError {
  constructor(message: string, code = 'bad_request', errors?: FieldError[]) {
    super(400, message, { code, ...(errors && { errors }) });
  }
}

/** 401: nobody we know. */
export class Unauthorized extends HttpError {
  constructor(message = 'A valid access token is needed.', code = 'unauthorized') {
    super(401, message, { code, headers: { 'www-authenticate': 'Bearer' } });
  }
}

/** 403: known, but not allowed. */
export class Forbidden extends HttpError {
  constructor(message = 'You may not do this.', code = 'forbidden') {
    super(403, message, { code });
  }
}

/** 404: not there, or not for this caller to know of. */
export class NotFound extends HttpError {
  constructor(message = 'There is no such thing.', code = 'not_found') {
    super(404, message, { code });
  }
}

/** 404: no service has such a path. */
export class RouteNotFound extends NotFound {
  constructor() {
    super('There is no such route.', 'route_not_found');
  }
}

/** 405: the path is known, the method is not. */
export class MethodNotAllowed extends HttpError {
  constructor(allow: readonly string[]) {
    super(405, `This path takes ${allow.join(', ')}.`, {
      code: 'method_not_allowed',
      headers: { allow: allow.join(', ') },
    });
  }
}

/** 409: the present state forbids it. */
export class Conflict extends HttpError {
  constructor(message: string, code = 'conflict', headers?: Record<string, string>) {
    super(409, message, { code, ...(headers && { headers }) });
  }
}

/** 412: changed since it was read. */
export class PreconditionFailed extends HttpError {
  constructor(message = 'It has changed since you read it.') {
    super(412, message, { code: 'precondition_failed' });
  }
}

/** 413: over its limit. */
export class ContentTooLarge extends HttpError {
  constructor(maxBytes: number) {
    super(413, `The limit is ${maxBytes} bytes.`, { code: 'content_too_large' });
  }
}

/** 415: not a type that is taken here. */
export class UnsupportedMediaType extends HttpError {
  constructor(message: string) {
    super(415, message, { code: 'unsupported_media_type' });
  }
}

/** 416: no such range. */
export class RangeNotSatisfiable extends HttpError {
  constructor(size: number) {
    super(416, 'The range lies outside.', {
      code: 'range_not_satisfiable',
      headers: { 'content-range': `bytes */${size}` },
    });
  }
}

/** 422: understood, but it breaks a rule. */
export class Unprocessable extends HttpError {
  constructor(message: string, code = 'unprocessable', errors?: FieldError[]) {
    super(422, message, { code, ...(errors && { errors }) });
  }
}

/** 429: too often. */
export class TooManyRequests extends HttpError {
  constructor(message: string, retryAfterSeconds: number, headers: Record<string, string> = {}) {
    super(429, message, {
      code: 'too_many_requests',
      headers: { 'retry-after': String(retryAfterSeconds), ...headers },
    });
  }
}

/** 502: another service answered what cannot be used. */
export class BadGateway extends HttpError {
  constructor(cause?: unknown) {
    super(502, 'A service answered in a way that cannot be used.', { code: 'bad_gateway', cause });
  }
}

/** 503: another part is away. */
export class ServiceUnavailable extends HttpError {
  constructor(message = 'A service is away at the moment.', cause?: unknown) {
    super(503, message, { code: 'service_unavailable', headers: { 'retry-after': '1' }, cause });
  }
}

/** 504: another part did not answer in time. */
export class GatewayTimeout extends HttpError {
  constructor(cause?: unknown) {
    super(504, 'A service did not answer in time.', { code: 'gateway_timeout', cause });
  }
}
