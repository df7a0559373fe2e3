import type { ProfileContext } from '../context.ts';
import type { Profile } from '../data/profile-store.ts';

/** Stores a new profile. What others should hear of it is emitted in the same transaction: `tx.emit(…)`. */
export async function createProfile(
  { profiles, transaction, clock, log }: Pick<ProfileContext, 'profiles' | 'transaction' | 'clock' | 'log'>,
  { ownerId, title }: { ownerId: string; title: string },
): Promise<Profile> {
  const made = await transaction((tx) => profiles.insert({ ownerId, title, createdAt: clock.now() }, tx));
  log.info({ profileId: made.id }, 'profile created');
  return made;
}
