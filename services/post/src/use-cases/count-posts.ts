import type { PostCountCache } from '../clients/post-count-cache.ts';
import type { Narrowing, PostList } from '../data/post-list.ts';

type Parts = { postList: PostList; postCountCache: PostCountCache };

/** Up to here posts are counted one by one; a larger number may be a minute old. */
export const EXACT_UP_TO = 10_000;

/** How many posts a list has, at a cost that does not grow with them. */
export async function countPosts(
  parts: Parts,
  { lists, ...narrowing }: Narrowing & { lists: readonly string[] },
): Promise<number> {
  const counts = await Promise.all(lists.map((list) => countLists(parts, { lists: [list], ...narrowing })));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** How many posts there are in some lists, each counted once: exact, or a minute old where they are many. */
export async function countLists(
  { postList, postCountCache }: Parts,
  query: Narrowing & { lists: readonly string[] },
): Promise<number> {
  const name = JSON.stringify(query);
  const known = await postCountCache.get(name);
  if (known !== undefined) return known;
  const exact = await postList.count({ ...query, limit: EXACT_UP_TO + 1 });
  if (exact <= EXACT_UP_TO) return exact;
  const large = await postList.count(query);
  await postCountCache.set(name, large);
  return large;
}
