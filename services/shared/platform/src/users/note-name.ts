import type { EventData, userProfileUpdated } from '@commons/contracts';
import type { Transaction } from '../mongo/transaction.ts';
import type { KnownNames } from './name-copies.ts';

type Told = Pick<EventData<typeof userProfileUpdated>, 'user_id' | 'username' | 'username_revision'>;

/** Takes over the name that `UserRegistered` or `UserProfileUpdated` tells of; one that tells of something else changes nothing. */
export async function noteName(names: Pick<KnownNames, 'rename'>, told: Told, tx: Transaction): Promise<void> {
  const { user_id: userId, username, username_revision: revision } = told;
  if (username !== undefined && revision !== undefined) await names.rename({ userId, username, revision }, tx);
}
