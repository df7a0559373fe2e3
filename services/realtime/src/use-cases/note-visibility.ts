import type { Transaction } from '@commons/platform';
import type { RealtimeContext } from '../context.ts';
import { hidden } from '../domain/presence.ts';
import { emitFlip } from './move-presence.ts';

export type Visibility = { userId: string; isHidden: boolean; revision: number };

/**
 * Notes whether others may know that a user is there; those who share a chat with somebody who is there are told.
 * @returns whether anything changed; what is older than what is known does not count.
 */
export async function noteVisibility(
  { presences, chats }: Pick<RealtimeContext, 'presences' | 'chats'>,
  { userId, isHidden, revision }: Visibility,
  tx: Transaction,
): Promise<boolean> {
  const { isChanged, flip } = await presences.change(userId, (before) => hidden(before, isHidden, revision), tx);
  if (flip) emitFlip(tx, flip, await chats.contactsOf(userId));
  return isChanged;
}
