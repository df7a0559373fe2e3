import type { ChatContext } from '../context.ts';
import { ChatNotFound } from '../domain/chat-errors.ts';
import type { Chat } from '../domain/chat.ts';
import { findOwnChat } from './find-own-chat.ts';
import { requireGroupAdmin } from './require-group-admin.ts';

type Parts = Pick<ChatContext, 'chats' | 'transaction' | 'queue' | 'clock'>;

/** Gives a group another title. @throws ChatNotFound, NotAGroup, NotAnAdmin */
export async function renameChat(
  { chats, transaction, queue, clock }: Parts,
  { chatId, userId, title }: { chatId: string; userId: string; title: string },
): Promise<Chat> {
  return queue(chatId, () =>
    transaction(async (tx) => {
      requireGroupAdmin(await findOwnChat({ chats }, { chatId, userId }, tx), userId);
      const chat = await chats.rename(chatId, title, clock.now(), tx);
      if (!chat) throw new ChatNotFound();
      return chat;
    }),
  );
}
