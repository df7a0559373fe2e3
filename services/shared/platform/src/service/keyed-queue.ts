/** Runs work of one key one at a time, in the order it came; work of other keys runs beside it. */
export type KeyedQueue = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/**
 * Keeps transactions of this process on one hot document from running into each other. It is for speed only: other
 * replicas have queues of their own, and what is right is up to the transaction.
 */
export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<void>>();
  return async (key, work) => {
    const before = tails.get(key);
    const { promise: tail, resolve: release } = Promise.withResolvers<void>();
    tails.set(key, tail);
    try {
      await before;
      return await work();
    } finally {
      if (tails.get(key) === tail) tails.delete(key);
      release();
    }
  };
}
