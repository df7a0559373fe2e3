/** Lets callers wait until everything has come to rest. */
export type Settling = {
  /** To be called whenever something may have come to rest. */
  changed(): void;
  /** Resolves when all is at rest; rejects after `timeoutMs` with what `describe` says of the rest. */
  settled(timeoutMs: number): Promise<void>;
};

export function createSettling(isAtRest: () => boolean, describe: () => string): Settling {
  const waiting = new Set<() => void>();
  let isScheduled = false;
  const check = (): void => {
    isScheduled = false;
    if (waiting.size === 0 || !isAtRest()) return;
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  return {
    changed: () => {
      if (isScheduled || waiting.size === 0) return;
      isScheduled = true;
      setImmediate(check);
    },
    settled: (timeoutMs) => {
      if (isAtRest()) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(done);
          reject(new Error(`not settled after ${timeoutMs} ms: ${describe()}`));
        }, timeoutMs);
        const done = (): void => {
          clearTimeout(timer);
          resolve();
        };
        waiting.add(done);
      });
    },
  };
}
