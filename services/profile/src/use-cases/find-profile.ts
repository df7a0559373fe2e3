import type { ProfileCache } from '../clients/profile-cache.ts';
import type { ProfileStore } from '../data/profile-store.ts';
import { ProfileNotFound } from '../domain/profile-errors.ts';
import type { Profile } from '../domain/profile.ts';
import { meetUsers } from './meet-users.ts';

type Parts = Parameters<typeof meetUsers>[0];

/** The profile of a user: kept, stored, or made because `auth` knows the user already. @throws ProfileNotFound */
export async function findProfile(parts: Parts, id: string): Promise<Profile> {
  const kept = await parts.profileCache.find(id);
  if (kept) return kept;
  const profile = (await parts.profiles.find(id)) ?? (await meet(parts, id));
  if (!profile) throw new ProfileNotFound();
  await keepProfile(parts, profile);
  return profile;
}

/**
 * Keeps a profile in the cache. It looks again afterwards: one that has changed since it was read, and was forgotten for
 * that before it was kept, does not stay there.
 */
export async function keepProfile(
  { profiles, profileCache }: { profiles: ProfileStore; profileCache: ProfileCache },
  profile: Profile,
): Promise<void> {
  await profileCache.put(profile);
  if ((await profiles.versionOf(profile.id)) !== profile.version) await profileCache.forget([profile.id]);
}

async function meet(parts: Parts, id: string): Promise<Profile | undefined> {
  await meetUsers(parts, [id]);
  return parts.profiles.find(id);
}
