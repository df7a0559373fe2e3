import type { ChatContext } from '../context.ts';
import type { Chat } from '../data/chat-store.ts';

/** Stores a new chat. What others should hear of it is emitted in the same transaction: `tx.emit(…)`. */
export async function createChat(
  { chats, transaction, clock, log }: Pick<ChatContext, 'chats' | 'transaction' | 'clock' | 'log'>,
  { ownerId, title }: { ownerId: string; title: string },
): Promise<Chat> {
  const made = await transaction((tx) => chats.insert({ ownerId, title, createdAt: clock.now() }, tx));
  log.info({ chatId: made.id }, 'chat created');
  return made;
}
