/** An operation that ended with a status: a retry policy's `matching` decides whether it runs again. */
export class StatusError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'StatusError';
    this.status = status;
  }
}

/** Wraps an error that no retry policy may repeat. */
export class PermanentError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'PermanentError';
  }
}

/** A timeout policy ended the operation. The message is daprd's. */
export class DeadlineExceeded extends Error {
  constructor() {
    super('context deadline exceeded');
    this.name = 'DeadlineExceeded';
  }
}
