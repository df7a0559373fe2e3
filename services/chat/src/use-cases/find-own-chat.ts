import type { Transaction } from '@commons/platform';
import type { ChatContext } from '../context.ts';
import { ChatNotFound } from '../domain/chat-errors.ts';
import { participantIn, partnerOf, type Chat } from '../domain/chat.ts';

type Own = { chatId: string; userId: string };

/** A chat, for somebody who takes part in it. @throws ChatNotFound */
export async function findOwnChat(
  { chats }: Pick<ChatContext, 'chats'>,
  { chatId, userId }: Own,
  tx?: Transaction,
): Promise<Chat> {
  const chat = await chats.find(chatId, tx);
  if (!chat || !participantIn(chat, userId)) throw new ChatNotFound();
  return chat;
}

/** The same to read it: a block hides the direct chat of the two from both. @throws ChatNotFound */
export async function findReadableChat(ctx: Pick<ChatContext, 'chats' | 'blocks'>, own: Own): Promise<Chat> {
  const chat = await findOwnChat(ctx, own);
  if (await isBlocked(ctx, chat, own.userId)) throw new ChatNotFound();
  return chat;
}

/** Whether it is the direct chat of two of whom one blocks the other. */
export async function isBlocked(
  { blocks }: Pick<ChatContext, 'blocks'>,
  chat: Pick<Chat, 'pair'>,
  userId: string,
): Promise<boolean> {
  const partnerId = partnerOf(chat, userId);
  return partnerId !== undefined && blocks.areApart(userId, partnerId);
}
