import { isConnectionLost } from '../mongo/database-away.ts';

/** Runs work of one key one at a time, in the order it came; work of other keys runs beside it. */
export type KeyedQueue = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Why nobody needs to wait any longer: what the one in front met, everyone behind would meet, one after the other. */
type Despair = { error: unknown } | undefined;

/**
 * Keeps transactions of this process on one hot document from running into each other. It is for speed only: other
 * replicas have queues of their own, and what is right is up to the transaction. Where the database is away, all who
 * stand in line are told as soon as the first of them is.
 */
export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<Despair>>();
  return async (key, work) => {
    const before = tails.get(key);
    const { promise: tail, resolve: release } = Promise.withResolvers<Despair>();
    tails.set(key, tail);
    let despair: Despair;
    try {
      const inherited = await before;
      if (inherited) throw inherited.error;
      return await work();
    } catch (error) {
      if (isConnectionLost(error)) despair = { error };
      throw error;
    } finally {
      if (tails.get(key) === tail) tails.delete(key);
      release(despair);
    }
  };
}

/** Stands in line for several keys at once. They are taken in one order by all, so that no two wait for each other. */
export function inAllTurns<T>(queue: KeyedQueue, keys: readonly string[], work: () => Promise<T>): Promise<T> {
  return [...new Set(keys)].sort().reduceRight<() => Promise<T>>((inner, key) => () => queue(key, inner), work)();
}
