import type { ChatMessage } from '@commons/contracts';
import type { Connection, SeqRange } from './connection.ts';

/**
 * What becomes of a message for one connection: it is sent, it is left out (the connection has it, gets it with what it missed, or is
 * younger), or the connection lacks some before it.
 * @param newFrom messages before this one are for those connections only that were open when they were written.
 */
export function decide(
  { catchingUp, delivered, openedAt }: Pick<Connection, 'catchingUp' | 'delivered' | 'openedAt'>,
  { chat_id, seq, created_at }: Pick<ChatMessage, 'chat_id' | 'seq' | 'created_at'>,
  newFrom: number,
): 'send' | 'leave' | 'catch-up' {
  if (catchingUp.has(chat_id)) return 'leave';
  const range = delivered.get(chat_id);
  if (!range) return seq >= newFrom || Date.parse(created_at) >= openedAt ? 'send' : 'leave';
  if (seq <= range.to) return 'leave';
  return seq === range.to + 1 ? 'send' : 'catch-up';
}

/** Notes that a connection has these messages. What does not join what it has already is left out of the account. */
export function noteDelivered({ delivered }: Pick<Connection, 'delivered'>, chatId: string, range: SeqRange): void {
  const known = delivered.get(chatId);
  if (!known) delivered.set(chatId, range);
  else if (range.from <= known.to + 1 && range.to >= known.from - 1)
    delivered.set(chatId, { from: Math.min(range.from, known.from), to: Math.max(range.to, known.to) });
}

export const isWithin = (range: SeqRange | undefined, seq: number): boolean =>
  range !== undefined && seq >= range.from && seq <= range.to;
