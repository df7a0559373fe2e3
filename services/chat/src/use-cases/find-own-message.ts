import type { Transaction } from '@commons/platform';
import type { ChatContext } from '../context.ts';
import { MessageNotFound, NotYourMessage } from '../domain/chat-errors.ts';
import type { Chat } from '../domain/chat.ts';
import type { Message } from '../domain/message.ts';
import { findOwnChat } from './find-own-chat.ts';

/** A message, for its author, with its chat. @throws ChatNotFound, MessageNotFound, NotYourMessage */
export async function findOwnMessage(
  ctx: Pick<ChatContext, 'chats' | 'messages'>,
  { chatId, messageId, userId }: { chatId: string; messageId: string; userId: string },
  tx: Transaction,
): Promise<{ chat: Chat; message: Message }> {
  const chat = await findOwnChat(ctx, { chatId, userId }, tx);
  const message = await ctx.messages.find(chatId, messageId, tx);
  if (!message) throw new MessageNotFound();
  if (message.authorId !== userId) throw new NotYourMessage();
  return { chat, message };
}
