import { countList, isAdmin, type Blocks, type CountCache, type RelationCopies } from '@commons/platform';
import type { NameQuery, Position, ProfileSearch } from '../data/profile-search.ts';
import type { ProfileStore } from '../data/profile-store.ts';
import { canSee, type Viewer } from '../domain/can-see.ts';
import { fold, type NameScope } from '../domain/name-keys.ts';
import type { SeenProfile } from './read-profile.ts';

type Parts = {
  profiles: ProfileStore;
  profileSearch: ProfileSearch;
  searchCounts: CountCache;
  follows: RelationCopies;
  blocks: Blocks;
};

/** `text` is how a name begins; an empty one is how all do. */
export type Search = { viewer: Viewer | undefined; scope: NameScope; text: string; limit: number };

/** A page of those whose name begins so, in the order of the names, and how many there are. */
export async function searchProfiles(
  parts: Parts,
  { page, limit, ...search }: Search & { page: number },
): Promise<{ count: number; found: SeenProfile[] }> {
  const query = await queryOf(parts, search);
  const skip = (page - 1) * limit;
  const counted = countList(parts.searchCounts, query, (most) =>
    parts.profileSearch.count({ ...query, ...(most !== undefined && { limit: most }) }),
  );
  if (page > 1 && skip >= (await counted)) return { count: await counted, found: [] };
  const [names, count] = await Promise.all([parts.profileSearch.read({ ...query, limit, skip }), counted]);
  return { count, found: await see(parts, names, search.viewer) };
}

/** Those after a position, at the same cost however deep it is; the position after them, or null at the end. */
export async function searchProfilesAfter(
  parts: Parts,
  { after, limit, ...search }: Search & { after: Position | undefined },
): Promise<{ next: Position | null; found: SeenProfile[] }> {
  const query = await queryOf(parts, search);
  const names = await parts.profileSearch.read({ ...query, limit: limit + 1, after });
  const shown = names.slice(0, limit);
  return {
    next: names.length > limit ? (shown.at(-1) ?? null) : null,
    found: await see(parts, shown, search.viewer),
  };
}

/** Those of some users who are there for a viewer, in the order in which they are asked for. */
export async function listProfiles(
  parts: Parts,
  { viewer, ids }: { viewer: Viewer | undefined; ids: readonly string[] },
): Promise<SeenProfile[]> {
  const hidden = new Set(await hiddenFrom(parts, viewer));
  return see(
    parts,
    ids.filter((id) => !hidden.has(id)).map((userId) => ({ userId })),
    viewer,
  );
}

async function queryOf(parts: Parts, { viewer, scope, text }: Omit<Search, 'limit'>): Promise<NameQuery> {
  return { scope, term: fold(text), hidden: await hiddenFrom(parts, viewer) };
}

const hiddenFrom = async ({ blocks }: Parts, viewer: Viewer | undefined): Promise<string[]> =>
  isAdmin(viewer) ? [] : blocks.hiddenFrom(viewer?.id);

async function see(
  { profiles, follows }: Parts,
  wanted: readonly Pick<Position, 'userId'>[],
  viewer: Viewer | undefined,
): Promise<SeenProfile[]> {
  const stored = await profiles.among(wanted.map(({ userId }) => userId));
  const guarded = stored.filter(({ settings }) => settings.profileVisibility === 'followers').map(({ id }) => id);
  const followed = viewer ? await follows.targetsAmong(viewer.id, guarded) : new Set<string>();
  const byId = new Map(stored.map((profile) => [profile.id, profile]));
  return wanted.flatMap(({ userId }) => {
    const profile = byId.get(userId);
    return profile ? [{ profile, isWhole: canSee(profile, viewer, followed.has(userId)) }] : [];
  });
}
