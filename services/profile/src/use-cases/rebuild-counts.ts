import type { CountsOfFollows } from '../clients/counts-of-follows.ts';
import type { ProfileCache } from '../clients/profile-cache.ts';
import type { BothCounts, FollowCounts } from '../data/follow-counts.ts';

type Parts = { followCounts: FollowCounts; countsOfFollows: CountsOfFollows; profileCache: ProfileCache };

const PAGE = 500;
const NONE = { followers_count: 0, followers_revision: 0, following_count: 0, following_revision: 0 };

/**
 * Makes the copies of the counts anew from their owner. Each copy is read before its owner is asked, and set only where it
 * has not changed since: a change that arrives in between is later than the list, and stays.
 */
export async function rebuildCounts({
  followCounts,
  countsOfFollows,
  profileCache,
}: Parts): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for (let after: string | undefined; ;) {
    const page = await followCounts.list({ after, limit: PAGE });
    const last = page.at(-1);
    if (!last) return result;
    const right = await readUpTo(countsOfFollows, { after, last: last.user_id });
    for (const copy of page) {
      const { user_id: _, ...counts } = right.get(copy.user_id) ?? { user_id: copy.user_id, ...NONE };
      if (isSame(copy, counts) || !(await followCounts.correct(copy, counts))) continue;
      await profileCache.forget([copy.user_id]);
      result.corrected += 1;
    }
    result.checked += page.length;
    after = last.user_id;
  }
}

/** What the owner has for the users after one and up to another. */
async function readUpTo(
  owned: CountsOfFollows,
  { after, last }: { after: string | undefined; last: string },
): Promise<Map<string, BothCounts>> {
  const found = new Map<string, BothCounts>();
  for (let from = after; ;) {
    const page = await owned({ after: from, limit: PAGE });
    for (const counts of page) found.set(counts.user_id, counts);
    from = page.at(-1)?.user_id;
    if (from === undefined || from >= last) return found;
  }
}

const isSame = (copy: BothCounts, right: Omit<BothCounts, 'user_id'>): boolean =>
  copy.followers_count === right.followers_count &&
  copy.followers_revision === right.followers_revision &&
  copy.following_count === right.following_count &&
  copy.following_revision === right.following_revision;
