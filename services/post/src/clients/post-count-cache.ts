import { createHash } from 'node:crypto';
import { createOutageLog, type Dapr, type Logger } from '@commons/platform';
import { z } from 'zod';

/** Large counts of posts, kept for a minute by whatever was counted. */
export type PostCountCache = {
  get(counted: string): Promise<number | undefined>;
  set(counted: string, count: number): Promise<void>;
};

const KEPT_SECONDS = 60;

/** Counts in Dapr state, for all replicas. Where the store is away, there are none. */
export function createPostCountCache({ dapr, log }: { dapr: Pick<Dapr, 'state'>; log: Logger }): PostCountCache {
  const key = (counted: string): string => `posts-count-${createHash('sha1').update(counted).digest('hex')}`;

  const { bear } = createOutageLog(log, {
    away: 'posts are counted without the cache',
    back: 'posts are counted with the cache again',
  });

  return {
    get: (counted) => bear(dapr.state.get(key(counted), z.int())),
    set: (counted, count) => bear(dapr.state.set(key(counted), count, { ttlSeconds: KEPT_SECONDS })),
  };
}
