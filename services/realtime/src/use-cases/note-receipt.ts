import type { ChatMessage } from '@commons/contracts';
import type { RealtimeContext } from '../context.ts';
import type { Connection } from '../domain/connection.ts';

/** Notes that a message was written to somebody's WebSocket. Its author's own devices do not count. */
export function noteReceipt(
  { receipts, clock }: Pick<RealtimeContext, 'receipts' | 'clock'>,
  { user }: Pick<Connection, 'user'>,
  { chat_id: chatId, seq, author_id: authorId }: Pick<ChatMessage, 'chat_id' | 'seq' | 'author_id'>,
): void {
  if (authorId !== user.id) receipts.note({ chatId, userId: user.id, seq, receivedAt: clock.now() });
}
