/** What is kept of a key. `expiresAt` is in milliseconds of the clock; `firstWrite` is a mark of the Redis store. */
export type StateEntry = { json: string; etag: string; firstWrite: boolean; expiresAt: number | undefined };

/** Where a store's entries are. All of it happens at once: no other request comes between. */
export type StateBackend = {
  /** An entry that has not expired. */
  get(key: string): StateEntry | undefined;
  put(key: string, entry: StateEntry): void;
  delete(key: string): void;
  /** Writes made by `work` are kept together or, when it throws or the process dies, not at all. */
  together(work: () => void): void;
};

/** The time in milliseconds. */
export type Clock = () => number;

/** How often a write also drops what has expired. */
export const SWEEP_INTERVAL_MS = 1000;
