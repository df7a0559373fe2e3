import { createHash } from 'node:crypto';
import { createOutageLog, type Dapr, type Logger } from '@commons/platform';
import { z } from 'zod';

/** Large counts of what a search finds, kept for a minute by whatever was searched for. */
export type SearchCountCache = {
  get(search: string): Promise<number | undefined>;
  set(search: string, count: number): Promise<void>;
};

const KEPT_SECONDS = 60;

/** Counts in Dapr state, for all replicas. Where the store is away, there are none. */
export function createSearchCountCache({ dapr, log }: { dapr: Pick<Dapr, 'state'>; log: Logger }): SearchCountCache {
  const key = (search: string): string => `search-count-${createHash('sha1').update(search).digest('hex')}`;

  const { bear } = createOutageLog(log, {
    away: 'what a search finds is counted without the cache',
    back: 'what a search finds is counted with the cache again',
  });

  return {
    get: (search) => bear(dapr.state.get(key(search), z.int())),
    set: (search, count) => bear(dapr.state.set(key(search), count, { ttlSeconds: KEPT_SECONDS })),
  };
}
