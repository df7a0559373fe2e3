import { isDeepStrictEqual } from 'node:util';
import { userProfileUpdated } from '@commons/contracts';
import { requireMatch, type Clock, type RunTransaction, type Transaction, type User } from '@commons/platform';
import type { ProfileCache } from '../clients/profile-cache.ts';
import type { ProfileSearch } from '../data/profile-search.ts';
import type { ProfileStore } from '../data/profile-store.ts';
import { canChange } from '../domain/can-see.ts';
import { NotYourProfile, ProfileNotFound } from '../domain/profile-errors.ts';
import { toReference } from '../domain/profile-reference.ts';
import type { Profile, ProfileChange, ProfileFields } from '../domain/profile.ts';
import { readProfile } from './read-profile.ts';

type Writing = { clock: Clock; profiles: ProfileStore; profileSearch: ProfileSearch; profileCache: ProfileCache };
type Parts = Parameters<typeof readProfile>[0] & Writing & { transaction: RunTransaction };

export type ChangeProfile = { profileId: string; editor: User; fields: ProfileFields; ifMatch: string | undefined };

/** Writes what a profile says anew. @throws ProfileNotFound, NotYourProfile, PreconditionFailed */
export async function changeProfile(
  parts: Parts,
  { profileId, editor, fields, ifMatch }: ChangeProfile,
): Promise<Profile> {
  const { profile } = await readProfile(parts, { profileId, viewer: editor });
  if (!canChange(profile, editor)) throw new NotYourProfile();
  return parts.transaction(async (tx) => {
    const before = await requireProfile(parts, profileId, tx);
    requireMatch(ifMatch, before.revision);
    return applyChange(parts, before, fields, tx);
  });
}

/** @throws ProfileNotFound where it has gone meanwhile. */
export async function requireProfile(
  { profiles }: Pick<Writing, 'profiles'>,
  profileId: string,
  tx: Transaction,
): Promise<Profile> {
  const profile = await profiles.find(profileId, tx);
  if (!profile) throw new ProfileNotFound();
  return profile;
}

/** Changes a profile and tells of it; what is as it was is not told of. */
export async function applyChange(
  { clock, profiles, profileSearch, profileCache }: Writing,
  before: Profile,
  change: ProfileChange,
  tx: Transaction,
): Promise<Profile> {
  if (isDeepStrictEqual({ ...before, ...change }, before)) return before;
  const after = await profiles.change(before.id, change, clock.now(), tx);
  if (!after) throw new ProfileNotFound();
  if (after.nickname !== before.nickname) await profileSearch.put(after, tx);
  tx.emit(userProfileUpdated, after.id, toReference(after));
  tx.afterCommit(() => profileCache.forget([after.id]));
  return after;
}
