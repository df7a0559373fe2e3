import type { RunTransaction } from '@commons/platform';
import type { ProfileSearch } from '../data/profile-search.ts';
import type { ProfileStore } from '../data/profile-store.ts';

type Parts = { profiles: ProfileStore; profileSearch: ProfileSearch; transaction: RunTransaction };

const PAGE = 500;

/** Has every profile found by the names that it has, each in a transaction that reads them. */
export async function rebuildSearch({
  profiles,
  profileSearch,
  transaction,
}: Parts): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for (let after: string | undefined; ;) {
    const page = await profiles.list({ after, limit: PAGE });
    after = page.at(-1)?.id;
    if (after === undefined) return result;
    for (const { id } of page) {
      const isCorrected = await transaction(async (tx) => {
        const profile = await profiles.find(id, tx);
        return profile !== undefined && profileSearch.put(profile, tx);
      });
      if (isCorrected) result.corrected += 1;
    }
    result.checked += page.length;
  }
}
