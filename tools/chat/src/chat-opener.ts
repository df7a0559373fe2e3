import type { Api, Chat } from './api.ts';
import type { ChatBook } from './chat-book.ts';
import { SentenceError } from './sentence-error.ts';

/** Finds chats by the names of people, and makes them where they are not there yet. */
export function createChatOpener(api: Pick<Api, 'findUser' | 'openChat'>, book: ChatBook) {
  async function userIdOf(name: string): Promise<string> {
    const user = await api.findUser(name);
    if (!user) throw new SentenceError(`There is nobody called ${name}.`);
    return user.user_id;
  }

  return {
    /** The chat with somebody, or the one of that title or number. Throws a sentence where there is nobody of that name. */
    async chatWith(name: string): Promise<Chat> {
      const known = book.find(name);
      return known ?? book.put(await api.openChat({ type: 'direct', participant_ids: [await userIdOf(name)] }));
    },
    /** A new group. Throws a sentence where there is nobody of one of the names. */
    async groupOf(title: string, names: readonly string[]): Promise<Chat> {
      const ids = await Promise.all(names.map(userIdOf));
      return book.put(await api.openChat({ type: 'group', title, participant_ids: ids }));
    },
  };
}
