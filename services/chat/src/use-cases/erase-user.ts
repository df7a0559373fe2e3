import { userDataErased } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { ChatContext } from '../context.ts';

/** Removes all that is kept of a user, and says so to who collects it. */
export async function eraseUser(
  { chats, service, log }: Pick<ChatContext, 'chats' | 'service' | 'log'>,
  userId: string,
  tx: Transaction,
): Promise<void> {
  await chats.removeOfOwner(userId, tx);
  tx.emit(userDataErased, userId, { user_id: userId, service });
  log.info({ userId }, 'user erased');
}
