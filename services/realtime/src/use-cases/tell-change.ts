import type { ChatMessage } from '@commons/contracts';
import type { RealtimeContext } from '../context.ts';
import type { ServerFrame } from '../domain/frames.ts';
import { noteMessage } from './deliver-message.ts';

type Change = { message: ChatMessage; revision: number; recipient_ids: readonly string[] };

/**
 * Tells of a change of a message, unless a later one was told. Who has not been given the message yet is given it as it is then, and
 * need not be told.
 */
export function tellChange(
  ctx: RealtimeContext,
  { message, revision, recipient_ids: recipientIds }: Change,
  frame: ServerFrame,
): void {
  const { chat_id: chatId, seq } = message;
  if (!ctx.feeds.noteChange(message, revision)) return;
  if ((ctx.feeds.of(chatId)?.head ?? seq) >= seq)
    ctx.connections.ofUsers(recipientIds).forEach((connection) => connection.send(frame));
  noteMessage(ctx, { chatId, seq, recipientIds });
}
