import {
  listChatMates,
  listContacts,
  listMessagesAfter,
  markChatRead,
  sendMessage,
  type ChatMessage,
} from '@commons/contracts';
import { HttpError, type Dapr, type User } from '@commons/platform';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';

/** How long it is remembered who is in a chat, in milliseconds: typing asks for it again and again. */
const MATES = { max: 5_000, ttl: 10_000 };
/** As long as a client's arrival takes: who shares a chat with a user is asked for twice in it. */
const CONTACTS = { max: 200, ttl: 2_000 };
const PAGE = 200;

export type MessagePage = z.output<(typeof listMessagesAfter)['output']>;
export type NewMessage = Omit<z.input<(typeof sendMessage)['input']>, 'user'>;

export type Chats = ReturnType<typeof createChats>;

/** The chats, which are another service's. All of it throws as that service answers: 404, 403 … */
export function createChats({ dapr }: { dapr: Pick<Dapr, 'call'> }) {
  const mates = new LRUCache<string, ReadonlySet<string>>(MATES);
  const contacts = new LRUCache<string, Promise<string[]>>(CONTACTS);

  return {
    async send(user: User, message: NewMessage): Promise<ChatMessage> {
      return (await dapr.call(sendMessage, { user: nameOf(user), ...message })).message;
    },
    /** @returns how many messages of the chat are unread now. */
    async read(user: User, chatId: string, seq: number): Promise<number> {
      return (await dapr.call(markChatRead, { user: nameOf(user), chat_id: chatId, seq })).unread_count;
    },
    /** The messages after one, oldest first. */
    messagesAfter: (user: User, chatId: string, afterSeq: number, limit = PAGE): Promise<MessagePage> =>
      dapr.call(listMessagesAfter, { user: nameOf(user), chat_id: chatId, after_seq: afterSeq, limit }),
    /** The others in a chat of the user's. What is remembered is a few seconds old at most. */
    async matesOf(user: User, chatId: string): Promise<string[]> {
      const known = mates.get(chatId);
      if (known?.has(user.id)) return [...known].filter((id) => id !== user.id);
      const { user_ids } = await dapr.call(listChatMates, { user: nameOf(user), chat_id: chatId });
      mates.set(chatId, new Set([...user_ids, user.id]));
      return user_ids;
    },
    /** Everybody who shares a chat with a user; nobody where the user is not known. */
    contactsOf(userId: string): Promise<string[]> {
      const known = contacts.get(userId);
      if (known) return known;
      const asked = askContacts(dapr, userId);
      contacts.set(userId, asked);
      asked.catch(() => contacts.delete(userId));
      return asked;
    },
    /** Forgets who is in a chat, as it has changed; `userIds` are those for whom it did. */
    forget(chatId: string, userIds: readonly string[]): void {
      mates.delete(chatId);
      userIds.forEach((userId) => contacts.delete(userId));
    },
  };
}

async function askContacts(dapr: Pick<Dapr, 'call'>, userId: string): Promise<string[]> {
  try {
    return (await dapr.call(listContacts, { user_id: userId })).user_ids;
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return [];
    throw error;
  }
}

const nameOf = ({ id, username }: User) => ({ id, username });
