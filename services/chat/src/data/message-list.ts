import type { Connection } from 'mongoose';
import type { Chat } from '../domain/chat.ts';
import type { Message } from '../domain/message.ts';
import { messageModel } from './message-model.ts';
import { toMessage, WITHOUT_WORDS } from './to-message.ts';

/** Messages of a chat between two, neither of which is among them. */
export type Stretch = { chatId: string; before?: number | undefined; after?: number | undefined; limit: number };

export type MessageList = {
  /** Newest first. */
  newest(stretch: Stretch): Promise<Message[]>;
  /** Oldest first. */
  oldest(stretch: Stretch): Promise<Message[]>;
  /** Those that have all of some words, newest first. */
  search(words: readonly string[], stretch: Stretch): Promise<Message[]>;
  /** The latest message of each chat that has one. */
  latestOf(chats: readonly Pick<Chat, 'id' | 'lastSeq'>[]): Promise<Map<string, Message>>;
};

/** Messages in the order of their chat. */
export function createMessageList(db: Connection): MessageList {
  const messages = messageModel(db);

  return {
    async newest({ limit, ...stretch }) {
      const found = messages.find(filterOf(stretch), WITHOUT_WORDS).sort({ seq: -1 }).limit(limit);
      return (await found.hint(ORDER).lean()).map(toMessage);
    },
    async oldest({ limit, ...stretch }) {
      const found = messages.find(filterOf(stretch), WITHOUT_WORDS).sort({ seq: 1 }).limit(limit);
      return (await found.hint(ORDER).lean()).map(toMessage);
    },
    async search(words, { limit, ...stretch }) {
      const wanted = { ...filterOf(stretch), words: { $all: [...words] } };
      const found = messages.find(wanted, WITHOUT_WORDS).sort({ seq: -1 }).limit(limit);
      return (await found.hint(ORDER_OF_WORDS).lean()).map(toMessage);
    },
    async latestOf(chats) {
      const places = chats
        .filter(({ lastSeq }) => lastSeq > 0)
        .map(({ id, lastSeq }) => ({ chat_id: id, seq: lastSeq }));
      if (places.length === 0) return new Map();
      const found = (await messages.find({ $or: places }, WITHOUT_WORDS).lean()).map(toMessage);
      return new Map(found.map((message) => [message.chatId, message]));
    },
  };
}

const ORDER = { chat_id: 1, seq: 1 } as const;
const ORDER_OF_WORDS = { chat_id: 1, words: 1, seq: -1 } as const;

function filterOf({ chatId, before, after }: Omit<Stretch, 'limit'>) {
  const seq = { ...(before !== undefined && { $lt: before }), ...(after !== undefined && { $gt: after }) };
  return { chat_id: chatId, ...(Object.keys(seq).length > 0 && { seq }) };
}
