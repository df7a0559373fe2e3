import { userDataErased } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { RealtimeContext } from '../context.ts';

/** Removes a deleted user's tickets, which is all that is kept of anybody, and says so. */
export async function eraseTickets(
  { tickets, service }: Pick<RealtimeContext, 'tickets' | 'service'>,
  userId: string,
  tx: Transaction,
): Promise<void> {
  await tickets.removeOf(userId, tx);
  tx.emit(userDataErased, userId, { user_id: userId, service });
}
