import type { ChatMessage } from '@commons/contracts';

/** A message, and those who were in its chat when it was sent. */
export type Due = { message: ChatMessage; recipientIds: readonly string[] };

/** How far a chat has come on this replica. Messages are passed on in the order of `seq`, whatever the order in which they come. */
export type ChatFeed = {
  /** Seq of the message that was passed on last. */
  head: number;
  /** The highest seq that is known to be there. */
  latest: number;
  /** Seq of the first message that this replica heard of as it was sent; those before it may be older than a connection. */
  newFrom: number;
  /** What came before its turn. It may be less than all: what is missing is fetched. */
  waiting: Map<number, Due>;
  /** Who is in the chat, as far as it is known; kept while something is missing. */
  recipientIds: readonly string[];
  isFilling: boolean;
};

const MAX_WAITING = 100;

/** @param head what counts as passed on. @param newFrom the first message that is surely new. */
export function createChatFeed(head: number, newFrom: number): ChatFeed {
  return { head, latest: head, newFrom, waiting: new Map(), recipientIds: [], isFilling: false };
}

/** Whether a message is missing. */
export const isBehind = (feed: ChatFeed): boolean => feed.latest > feed.head;

/** Notes that there is a message. */
export function expectMessage(feed: ChatFeed, seq: number, recipientIds: readonly string[]): void {
  if (seq <= feed.latest) return;
  feed.latest = seq;
  feed.recipientIds = recipientIds;
}

/** Takes a message in. @returns what is to be passed on now, in order: a repeated message is not among it. */
export function takeMessage(feed: ChatFeed, due: Due): Due[] {
  const { seq } = due.message;
  expectMessage(feed, seq, due.recipientIds);
  const isNext = seq === feed.head + 1;
  if (isNext || (seq > feed.head && feed.waiting.size < MAX_WAITING)) feed.waiting.set(seq, due);
  return takeDue(feed);
}

/** Goes on after a message, where those up to it cannot be had, or nobody is here for them. @returns what waited, in order. */
export function skipTo(feed: ChatFeed, seq: number): Due[] {
  if (seq <= feed.head) return [];
  feed.latest = Math.max(feed.latest, seq);
  const waited = [...feed.waiting.values()]
    .filter(({ message }) => message.seq <= seq)
    .sort((a, b) => a.message.seq - b.message.seq);
  waited.forEach(({ message }) => feed.waiting.delete(message.seq));
  feed.head = seq;
  return [...waited, ...takeDue(feed)];
}

function takeDue(feed: ChatFeed): Due[] {
  const dues: Due[] = [];
  for (let next = feed.waiting.get(feed.head + 1); next; next = feed.waiting.get(feed.head + 1)) {
    feed.head += 1;
    feed.waiting.delete(feed.head);
    dues.push(next);
  }
  return dues;
}
