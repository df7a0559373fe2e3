/** What a client asks to be kept. `value` is any JSON value; `key` is already prefixed. */
export type SetRequest = {
  key: string;
  value: unknown;
  etag: string | undefined;
  metadata: Readonly<Record<string, string>>;
  options: StateOptions;
};

export type DeleteRequest = Omit<SetRequest, 'value'>;

/** As the client wrote them; empty when it did not. */
export type StateOptions = { concurrency: string; consistency: string };

export type StateOperation =
  { operation: 'upsert'; request: SetRequest } | { operation: 'delete'; request: DeleteRequest };

/** A value as it is read back: its JSON text, its etag, and what the store says of it (`ttlExpireTime`). */
export type StoredState = { json: string; etag: string; metadata: Readonly<Record<string, string>> };

/** A state store with the semantics of one of Dapr's components. Its methods throw what that component would answer. */
export type StateStore = {
  /** As in the metadata API. */
  capabilities: readonly string[];
  /** Why a query fails; undefined when the store knows no queries at all. */
  queryFailure: string | undefined;
  get(key: string): StoredState | undefined;
  /** @throws EtagError, or Error for options and metadata that make no sense. */
  set(request: SetRequest): void;
  delete(request: DeleteRequest): void;
  transact(operations: readonly StateOperation[]): void;
};

/** Somebody else wrote the key in between (`mismatch`), or the etag cannot be one of this store's (`invalid`). */
export class EtagError extends Error {
  readonly kind: 'mismatch' | 'invalid';

  constructor(kind: 'mismatch' | 'invalid', reason: string) {
    const prefix = kind === 'mismatch' ? 'possible etag mismatch. error from state store' : 'invalid etag value';
    super(`${prefix}: ${reason}`);
    this.name = 'EtagError';
    this.kind = kind;
  }
}

/** @throws Error for a concurrency or a consistency that Dapr does not know. */
export function checkOptions({ concurrency, consistency }: StateOptions): void {
  if (!['', 'strong', 'eventual'].includes(consistency)) {
    throw new Error(`unrecognized consistency model '${consistency}'`);
  }
  if (!['', 'first-write', 'last-write'].includes(concurrency)) {
    throw new Error(`unrecognized concurrency model '${concurrency}'`);
  }
}
