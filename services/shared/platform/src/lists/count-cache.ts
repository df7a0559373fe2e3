import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Dapr } from '../dapr/dapr.ts';
import type { Logger } from '../log/logger.ts';
import { createOutageLog } from '../log/outage-log.ts';

/** Counts of long lists, kept for a minute by whatever was counted. */
export type CountCache = {
  get(counted: string): Promise<number | undefined>;
  set(counted: string, count: number): Promise<void>;
};

const KEPT_SECONDS = 60;

/**
 * Counts in Dapr state, for all replicas. Where the store is away, there are none.
 * @param options.of what is counted, in the plural: `posts`.
 */
export function createCountCache({
  dapr,
  log,
  of,
}: {
  dapr: Pick<Dapr, 'state'>;
  log: Logger;
  of: string;
}): CountCache {
  const key = (counted: string): string => `${of}-count-${createHash('sha1').update(counted).digest('hex')}`;

  const { bear } = createOutageLog(log, {
    away: `${of} are counted without the cache`,
    back: `${of} are counted with the cache again`,
  });

  return {
    get: (counted) => bear(dapr.state.get(key(counted), z.int())),
    set: (counted, count) => bear(dapr.state.set(key(counted), count, { ttlSeconds: KEPT_SECONDS })),
  };
}
