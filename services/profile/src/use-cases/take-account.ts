import type { Clock, Transaction } from '@commons/platform';
import type { ProfileCache } from '../clients/profile-cache.ts';
import type { ProfileSearch } from '../data/profile-search.ts';
import type { ProfileStore } from '../data/profile-store.ts';
import type { Names } from '../domain/account.ts';

type Parts = { clock: Clock; profiles: ProfileStore; profileSearch: ProfileSearch; profileCache: ProfileCache };

/**
 * Takes over what `auth` says of a user: makes the profile of one who is new (`createdAt` says so), and renames one who is
 * not. What comes again, late, or after the end changes nothing.
 * @returns whether anything changed.
 */
export async function takeAccount(
  { clock, profiles, profileSearch, profileCache }: Parts,
  { createdAt, ...names }: Names & { createdAt?: Date },
  tx: Transaction,
): Promise<boolean> {
  const isRenamed = await profiles.name(names, clock.now(), tx);
  const isNew = createdAt !== undefined && (await profiles.open(names.id, createdAt, tx));
  if (!isRenamed && !isNew) return false;
  const profile = await profiles.find(names.id, tx);
  if (profile) await profileSearch.put(profile, tx);
  tx.afterCommit(() => profileCache.forget([names.id]));
  return true;
}
