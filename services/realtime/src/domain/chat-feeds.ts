import type { ChatMessage } from '@commons/contracts';
import { LRUCache } from 'lru-cache';
import { createChatFeed, type ChatFeed } from './chat-feed.ts';

/** Chats of which is known how far they have come; one that was forgotten begins anew. */
const MAX_FEEDS = 20_000;
/** Changed messages that are remembered, and for how long, in milliseconds: events of one message are not further apart. */
const CHANGES = { max: 1_000, ttl: 60_000 };
const MAX_READ_MARKS = 50_000;

export type ChatFeeds = ReturnType<typeof createChatFeeds>;

/** What this replica remembers of chats, so that nothing of them comes twice, out of order or steps back. */
export function createChatFeeds() {
  const feeds = new LRUCache<string, ChatFeed>({ max: MAX_FEEDS });
  const changes = new LRUCache<string, { message: ChatMessage; revision: number }>(CHANGES);
  const readMarks = new LRUCache<string, number>({ max: MAX_READ_MARKS });

  return {
    of: (chatId: string): ChatFeed | undefined => feeds.get(chatId),
    begin(chatId: string, head: number, newFrom: number): ChatFeed {
      const feed = createChatFeed(head, newFrom);
      feeds.set(chatId, feed);
      return feed;
    },
    /** Notes a change of a message. @returns false where a later one is known. */
    noteChange(message: ChatMessage, revision: number): boolean {
      if ((changes.get(message.id)?.revision ?? 0) >= revision) return false;
      changes.set(message.id, { message, revision });
      return true;
    },
    /** A message as it is now, as far as it is known. */
    newest: (message: ChatMessage): ChatMessage => changes.get(message.id)?.message ?? message,
    /** Notes how far somebody has read. @returns false where they had read further. */
    noteRead({ chatId, userId, seq }: { chatId: string; userId: string; seq: number }): boolean {
      const key = `${chatId}:${userId}`;
      if ((readMarks.get(key) ?? -1) >= seq) return false;
      readMarks.set(key, seq);
      return true;
    },
  };
}
