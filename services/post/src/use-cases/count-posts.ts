import type { PostCountCache } from '../clients/post-count-cache.ts';
import type { PostFilter, PostList } from '../data/post-list.ts';
import type { Scope } from '../domain/readable-scopes.ts';

type Parts = { postList: PostList; postCountCache: PostCountCache };

/** Up to here posts are counted one by one; a larger number may be a minute old. */
export const EXACT_UP_TO = 10_000;

/** How many posts a list has, at a cost that does not grow with them. */
export async function countPosts(
  parts: Parts,
  { scopes, ...filter }: PostFilter & { scopes: readonly Scope[] },
): Promise<number> {
  const counts = await Promise.all(scopes.map((scope) => countScope(parts, { scope, ...filter })));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function countScope({ postList, postCountCache }: Parts, query: PostFilter & { scope: Scope }): Promise<number> {
  const name = JSON.stringify(query);
  const known = await postCountCache.get(name);
  if (known !== undefined) return known;
  const exact = await postList.count({ ...query, limit: EXACT_UP_TO + 1 });
  if (exact <= EXACT_UP_TO) return exact;
  const large = await postList.count(query);
  await postCountCache.set(name, large);
  return large;
}
