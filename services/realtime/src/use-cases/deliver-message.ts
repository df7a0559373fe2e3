import type { ChatMessage } from '@commons/contracts';
import type { RealtimeContext } from '../context.ts';
import { expectMessage, isBehind, takeMessage, type ChatFeed } from '../domain/chat-feed.ts';
import { fillGap } from './fill-gap.ts';
import { passMessages, passOver } from './pass-messages.ts';

/** So many messages before the first one that is heard of a chat are looked at: some may have been missed. */
const LOOKED_BACK = 50;

/** Delivers a message to all connections of those in its chat: in order, once, and after what is missing before it. */
export function deliverMessage(ctx: RealtimeContext, message: ChatMessage, recipientIds: readonly string[]): void {
  const { chat_id, seq } = message;
  const feed = ctx.feeds.of(chat_id) ?? ctx.feeds.begin(chat_id, beginningOf(ctx, message, recipientIds), seq);
  const dues = takeMessage(feed, { message, recipientIds });
  passMessages(ctx, feed, dues);
  fillIfNeeded(ctx, chat_id, feed);
}

/** Notes that there is a message, of which something else tells; where it has not come yet, it is fetched. */
export function noteMessage(
  ctx: RealtimeContext,
  { chatId, seq, recipientIds }: { chatId: string; seq: number; recipientIds: readonly string[] },
): void {
  const feed = ctx.feeds.of(chatId);
  if (!feed) return;
  expectMessage(feed, seq, recipientIds);
  fillIfNeeded(ctx, chatId, feed);
}

function fillIfNeeded(ctx: RealtimeContext, chatId: string, feed: ChatFeed): void {
  if (!isBehind(feed)) return;
  if (ctx.connections.ofUsers(feed.recipientIds).length === 0) passOver(ctx, feed, feed.latest);
  else fillGap(ctx, chatId, feed);
}

/**
 * Where a chat begins that was not heard of: at what its connections have, and where one has nothing yet, a little before the message,
 * as events do not come in order.
 */
function beginningOf(
  { connections }: RealtimeContext,
  { chat_id, seq }: ChatMessage,
  recipientIds: readonly string[],
): number {
  const before = seq - 1;
  const lookedBack = Math.max(0, before - LOOKED_BACK);
  const positions = connections.ofUsers(recipientIds).map(({ delivered }) => delivered.get(chat_id)?.to ?? lookedBack);
  return Math.min(before, ...positions);
}
