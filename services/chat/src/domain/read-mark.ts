import type { Chat } from './chat.ts';
import type { Message } from './message.ts';

/** How far somebody has read a chat. */
export type Reading = {
  chatId: string;
  userId: string;
  /** The `seq` up to which it is read. */
  readSeq: number;
  /** The latest `seq` when they came: what was there before counts as neither unread nor read. */
  joinedSeq: number;
};

/** The same for themselves: `ownUnread` is how many of the messages after `readSeq` are their own. */
export type ReadMark = Reading & { ownUnread: number };

/** How many messages of others wait to be read. */
export const unreadCount = ({ lastSeq }: Pick<Chat, 'lastSeq'>, { readSeq, ownUnread }: ReadMark): number =>
  Math.max(0, lastSeq - readSeq - ownUnread);

/** How many of some readers have read a message, its author left out. */
export function countReaders({ chatId, seq, authorId }: Message, readings: readonly Reading[]): number {
  const hasRead = (reading: Reading): boolean =>
    reading.chatId === chatId && reading.userId !== authorId && reading.joinedSeq < seq && reading.readSeq >= seq;
  return readings.filter(hasRead).length;
}
