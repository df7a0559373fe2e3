import { userDataErased } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { RealtimeContext } from '../context.ts';
import { erased } from '../domain/presence.ts';
import { emitFlip } from './move-presence.ts';

/** Removes a deleted user's tickets and presence, which is all that is kept of anybody, and says so. */
export async function eraseUser(
  { tickets, presences, chats, service }: Pick<RealtimeContext, 'tickets' | 'presences' | 'chats' | 'service'>,
  userId: string,
  tx: Transaction,
): Promise<void> {
  await tickets.removeOf(userId, tx);
  const { flip } = await presences.change(userId, erased, tx);
  if (flip) emitFlip(tx, flip, await chats.contactsOf(userId));
  tx.emit(userDataErased, userId, { user_id: userId, service });
}
