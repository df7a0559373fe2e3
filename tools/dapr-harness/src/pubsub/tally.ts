/** Counts what is under way, to wait for it. */
export type Tally = {
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is under way, or after `timeoutMs`. */
  settled(timeoutMs: number): Promise<void>;
};

export function createTally(): Tally {
  const underWay = new Set<Promise<unknown>>();
  return {
    track: (work) => {
      underWay.add(work);
      void work.finally(() => underWay.delete(work)).catch(() => undefined);
      return work;
    },
    settled: async (timeoutMs) => {
      if (underWay.size === 0) return;
      const timeout = Promise.withResolvers<undefined>();
      const timer = setTimeout(() => timeout.resolve(undefined), timeoutMs);
      await Promise.race([Promise.allSettled(underWay), timeout.promise]);
      clearTimeout(timer);
    },
  };
}
