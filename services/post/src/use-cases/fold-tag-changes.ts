import type { RunTransaction } from '@commons/platform';
import type { TagStore } from '../data/tag-store.ts';

/** Adds what posts changed to the counts of their tags, exactly once. @returns whether there was anything. */
export async function foldTagChanges({
  transaction,
  tags,
}: {
  transaction: RunTransaction;
  tags: TagStore;
}): Promise<boolean> {
  if (!(await tags.hasChanges())) return false;
  return transaction((tx) => tags.fold(tx));
}
