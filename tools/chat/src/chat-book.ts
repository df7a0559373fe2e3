import type { Api, Chat, Message } from './api.ts';
import { titleOf } from './format.ts';

export type ChatBook = ReturnType<typeof createChatBook>;

/** What is known of the chats, and of the people in them: the last message that was seen of each, for coming back. */
export function createChatBook(api: Pick<Api, 'me' | 'chats' | 'chat'>) {
  const { me } = api;
  const chats = new Map<string, Chat>();
  const lastSeqs = new Map<string, number>();
  const names = new Map([[me.user_id, me.username]]);

  function put(chat: Chat): Chat {
    chats.set(chat.id, chat);
    chat.participants.forEach(({ user_id, username }) => names.set(user_id, username));
    return chat;
  }

  return {
    me,
    names,
    list: (): Chat[] => [...chats.values()],
    get: (id: string): Chat | undefined => chats.get(id),
    put,
    /** Reads the list anew. What is new in it counts as seen only where `isSeen`. */
    async refresh({ isSeen }: { isSeen: boolean }): Promise<void> {
      const listed = await api.chats();
      chats.clear();
      for (const chat of listed.map(put)) {
        if (!lastSeqs.has(chat.id)) lastSeqs.set(chat.id, isSeen ? (chat.last_message?.seq ?? 0) : 0);
      }
    },
    /** The chat of a message, asked for where it is a new one. */
    chatOf: async ({ chat_id }: Pick<Message, 'chat_id'>): Promise<Chat> =>
      chats.get(chat_id) ?? put(await api.chat(chat_id)),
    /** Notes a message. Answers whether it is new. */
    note({ chat_id, seq }: Pick<Message, 'chat_id' | 'seq'>): boolean {
      const isNew = seq > (lastSeqs.get(chat_id) ?? 0);
      if (isNew) lastSeqs.set(chat_id, seq);
      return isNew;
    },
    /** What `resume` asks for. */
    lastSeqs: (): Record<string, number> => Object.fromEntries(lastSeqs),
    /** A chat by its number in the list, its title or the name of the other. */
    find(name: string): Chat | undefined {
      const list = [...chats.values()];
      const byNumber = /^\d+$/.test(name) ? list[Number(name) - 1] : undefined;
      const isNamed = (chat: Chat): boolean => titleOf(chat, me).toLowerCase() === name.toLowerCase();
      return byNumber ?? list.find(isNamed);
    },
  };
}
