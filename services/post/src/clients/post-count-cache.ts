import { createHash } from 'node:crypto';
import type { Dapr, Logger } from '@commons/platform';
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

  return {
    async get(counted) {
      try {
        return await dapr.state.get(key(counted), z.int());
      } catch (error) {
        log.info({ err: error }, 'posts are counted without the cache');
        return undefined;
      }
    },
    async set(counted, count) {
      try {
        await dapr.state.set(key(counted), count, { ttlSeconds: KEPT_SECONDS });
      } catch (error) {
        log.info({ err: error }, 'a count of posts is not kept');
      }
    },
  };
}
