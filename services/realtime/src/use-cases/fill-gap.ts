import { setTimeout as wait } from 'node:timers/promises';
import { asHttpError } from '@commons/platform';
import type { RealtimeContext } from '../context.ts';
import { isBehind, skipTo, takeMessage, type ChatFeed } from '../domain/chat-feed.ts';
import type { MessagePage } from '../clients/chats.ts';
import { passMessages, passOver } from './pass-messages.ts';

/** What is missing is mostly just behind: events of a chat overtake each other. */
const GRACE_MS = 30;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** So often a message that was heard of is looked for. */
const MAX_FRUITLESS = 5;

type Parts = Pick<RealtimeContext, 'connections' | 'feeds' | 'chats' | 'catchUps' | 'receipts' | 'clock' | 'log'>;

/** Fetches what is missing in a chat, once for all connections here, and passes it on. Later messages wait for it. */
export function fillGap(ctx: Parts, chatId: string, feed: ChatFeed): void {
  if (feed.isFilling) return;
  feed.isFilling = true;
  fill(ctx, chatId, feed)
    .catch((error: unknown) =>
      ctx.log.error({ err: error, chat_id: chatId }, 'missing messages could not be passed on'),
    )
    .finally(() => {
      feed.isFilling = false;
      feed.recipientIds = [];
    });
}

async function fill(ctx: Parts, chatId: string, feed: ChatFeed): Promise<void> {
  await wait(GRACE_MS);
  for (let fruitless = 0; isBehind(feed) && !ctx.connections.isShut();) {
    const answer = await fetchMissing(ctx, chatId, feed);
    if (answer === 'nobody' || (answer !== 'away' && fruitless >= MAX_FRUITLESS)) {
      passOver(ctx, feed, feed.latest);
      return;
    }
    const head = feed.head;
    if (answer !== 'away') takeIn(ctx, feed, answer);
    fruitless = feed.head > head ? 0 : fruitless + 1;
    if (fruitless > 0) await wait(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** fruitless));
  }
}

/** In the name of the first one here who may read the chat. `nobody` where there is none, `away` where `chat` does not answer. */
async function fetchMissing(
  { connections, chats, log }: Parts,
  chatId: string,
  feed: ChatFeed,
): Promise<MessagePage | 'nobody' | 'away'> {
  const readers = new Map(connections.ofUsers(feed.recipientIds).map(({ user }) => [user.id, user]));
  for (const reader of readers.values()) {
    try {
      return await chats.messagesAfter(reader, chatId, feed.head);
    } catch (error) {
      if (asHttpError(error).status < 500) continue;
      log.warn({ err: error, chat_id: chatId }, 'messages that are missing cannot be fetched for now');
      return 'away';
    }
  }
  return 'nobody';
}

function takeIn(ctx: Parts, feed: ChatFeed, { messages }: MessagePage): void {
  const { recipientIds } = feed;
  for (const message of messages) {
    // Where the chat itself has none before this one, none is missing.
    passMessages(ctx, feed, skipTo(feed, message.seq - 1));
    passMessages(ctx, feed, takeMessage(feed, { message, recipientIds }));
  }
}
