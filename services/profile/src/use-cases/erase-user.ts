import { userDataErased } from '@commons/contracts';
import type { Clock, JobRun, Jobs, Logger, Transaction } from '@commons/platform';
import type { AvatarStore } from '../clients/avatar-store.ts';
import type { ProfileCache } from '../clients/profile-cache.ts';
import type { ProfileSearch } from '../data/profile-search.ts';
import type { ProfileStore } from '../data/profile-store.ts';

type Erasure = { user_id: string; blobs: string[] };

type Parts = {
  clock: Clock;
  profiles: ProfileStore;
  profileSearch: ProfileSearch;
  profileCache: ProfileCache;
  jobs: Jobs<{ 'erase-avatar': Erasure }>;
};

/** Removes a user's profile for good: what is left keeps late events out. The bytes of the avatar go by a job. */
export async function eraseUser(
  { clock, profiles, profileSearch, profileCache, jobs }: Parts,
  userId: string,
  tx: Transaction,
): Promise<void> {
  const erased = await profiles.erase(userId, clock.now(), tx);
  await profileSearch.remove(userId, tx);
  const blobs = erased?.avatar ? [erased.avatar.name, erased.avatar.thumbnail] : [];
  await jobs.add('erase-avatar', userId, { user_id: userId, blobs }, tx);
  tx.afterCommit(() => profileCache.forget([userId]));
}

/** The job: removes the bytes, and says that nothing of the user is left. */
export async function eraseAvatar(
  { avatars, service, log }: { avatars: AvatarStore; service: string; log: Logger },
  { data, commit }: JobRun<Erasure>,
): Promise<void> {
  const { user_id, blobs } = data;
  for (const name of blobs) await avatars.delete(name);
  await commit((tx) => {
    tx.emit(userDataErased, user_id, { user_id, service });
    return Promise.resolve(undefined);
  });
  log.info({ userId: user_id }, 'user erased');
}
