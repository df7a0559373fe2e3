import type { RunTransaction } from '@commons/platform';
import type { TagStore } from '../data/tag-store.ts';

/** Counts the posts of every tag anew, each in a transaction that also sees what is not yet added to its count. */
export async function rebuildTagCounts({
  transaction,
  tags,
}: {
  transaction: RunTransaction;
  tags: TagStore;
}): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for await (const tag of tags.all()) {
    if (await transaction((tx) => tags.recount(tag, tx))) result.corrected += 1;
    result.checked += 1;
  }
  return result;
}
