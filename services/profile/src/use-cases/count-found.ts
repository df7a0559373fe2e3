import type { SearchCountCache } from '../clients/search-count-cache.ts';
import type { NameQuery, ProfileSearch } from '../data/profile-search.ts';

type Parts = { profileSearch: ProfileSearch; searchCountCache: SearchCountCache };

/** Up to here those who are found are counted one by one; a larger number may be a minute old. */
const EXACT_UP_TO = 10_000;

/** How many a search finds, at a cost that does not grow with them. */
export async function countFound({ profileSearch, searchCountCache }: Parts, query: NameQuery): Promise<number> {
  const search = JSON.stringify(query);
  const known = await searchCountCache.get(search);
  if (known !== undefined) return known;
  const exact = await profileSearch.count({ ...query, limit: EXACT_UP_TO + 1 });
  if (exact <= EXACT_UP_TO) return exact;
  const large = await profileSearch.count(query);
  await searchCountCache.set(search, large);
  return large;
}
