import type { Users } from './users.ts';

/** What keeps copies of users' names. */
export type NameStore = {
  /** Ids of all whose names are kept, in order. */
  listIds(options: { after?: string | undefined; limit: number }): Promise<string[]>;
  /** Takes a name over, unless a later one is there. @returns whether anything changed. */
  rename(name: { userId: string; username: string; revision: number }): Promise<boolean>;
};

const PAGE = 500;

/** Takes the names of all in a store from `auth`. A name that comes by event meanwhile is later, and stays. */
export async function rebuildNames({
  store,
  users,
}: {
  store: NameStore;
  users: Users;
}): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for (let after: string | undefined; ;) {
    const ids = await store.listIds({ after, limit: PAGE });
    after = ids.at(-1);
    if (after === undefined) return result;
    for (const { isDeleted, ...name } of await users.names(ids)) {
      if (!isDeleted && (await store.rename(name))) result.corrected++;
    }
    result.checked += ids.length;
  }
}
