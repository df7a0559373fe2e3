import { LRUCache } from 'lru-cache';

/** Changes of blocks that are remembered, and for how long, in milliseconds: `post` has heard of them by then. */
const KEPT = { max: 10_000, ttl: 60_000 };

/** That somebody blocks somebody (`isOn`), or does so no more. `revision` orders the changes between these two, in this direction. */
export type BlockChange = { blockerId: string; blockedId: string; isOn: boolean; revision: number };

export type RecentBlocks = ReturnType<typeof createRecentBlocks>;

/** Blocks that have just begun: where posts are shown may not have heard of them yet. */
export function createRecentBlocks() {
  const known = new LRUCache<string, BlockChange>(KEPT);
  const isOn = (blockerId: string, blockedId: string): boolean => known.get(`${blockerId}:${blockedId}`)?.isOn ?? false;

  return {
    /** Notes a change, unless a later one is known. */
    note(change: BlockChange): void {
      const key = `${change.blockerId}:${change.blockedId}`;
      if ((known.get(key)?.revision ?? -1) < change.revision) known.set(key, change);
    },
    /** Whether one of the two has just blocked the other. */
    areApart: (oneId: string, otherId: string): boolean => isOn(oneId, otherId) || isOn(otherId, oneId),
  };
}
