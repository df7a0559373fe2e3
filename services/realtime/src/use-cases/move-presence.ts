import { presenceChanged } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { RealtimeContext } from '../context.ts';
import type { PresenceFlip } from '../domain/presence.ts';
import { contactsOfAll } from './contacts-of-all.ts';

/**
 * Notes who is at a replica and who is no more. Those who share a chat with somebody who is seen to come or go by it are told, by the
 * same transaction: once, whoever else notes it.
 * @param moves by user, whether they are there.
 */
export async function movePresence(
  ctx: Pick<RealtimeContext, 'chats' | 'presences' | 'transaction'>,
  replica: string,
  moves: ReadonlyMap<string, boolean>,
): Promise<void> {
  const contacts = await contactsOfAll(ctx, [...moves.keys()]);
  await ctx.transaction(async (tx) => {
    for (const flip of await ctx.presences.move(moves, replica, tx)) emitFlip(tx, flip, contacts.get(flip.userId));
  });
}

/** Tells those who share a chat with a user of a change, if there are any. */
export function emitFlip(
  tx: Transaction,
  { userId, online, revision }: PresenceFlip,
  recipientIds: readonly string[] = [],
): void {
  if (recipientIds.length === 0) return;
  tx.emit(presenceChanged, userId, { user_id: userId, online, revision, recipient_ids: [...recipientIds] });
}
