import { chatRead } from '@commons/contracts';
import { listen } from '../context.ts';
import { readFrame } from '../domain/chat-frames.ts';
import { noteMessage } from '../use-cases/deliver-message.ts';

/** Tells all in a chat how far somebody has read, the reader's own devices among them; never that it was less. */
export const onChatRead = listen(chatRead, ({ ctx, data, event }) => {
  const { chat_id: chatId, user_id: userId, seq, recipient_ids: recipientIds } = data;
  if (!ctx.feeds.noteRead({ chatId, userId, seq })) return;
  const frame = readFrame(event.id, data);
  ctx.connections.ofUsers(recipientIds).forEach((connection) => connection.send(frame));
  noteMessage(ctx, { chatId, seq, recipientIds });
});
