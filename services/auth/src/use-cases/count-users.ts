import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AuthContext } from '../context.ts';
import type { UserFilter } from '../data/user-search.ts';

/** Up to this many are counted each time; beyond, a count may be a minute old. */
const EXACT_UP_TO = 10_000;
const KEPT_SECONDS = 60;

/** How many users a list has. */
export async function countUsers(
  { userSearch, dapr, log }: Pick<AuthContext, 'userSearch' | 'dapr' | 'log'>,
  filter: UserFilter,
): Promise<number> {
  const count = await userSearch.count(filter, EXACT_UP_TO);
  if (count < EXACT_UP_TO) return count;
  const key = `user-count-${createHash('sha256').update(JSON.stringify(filter)).digest('base64url')}`;
  try {
    const kept = await dapr.state.get(key, z.int());
    if (kept !== undefined) return kept;
  } catch (error) {
    log.warn({ err: error }, 'the cache of counts cannot be used');
    return count;
  }
  const whole = await userSearch.count(filter);
  await dapr.state.set(key, whole, { ttlSeconds: KEPT_SECONDS }).catch(() => undefined);
  return whole;
}
