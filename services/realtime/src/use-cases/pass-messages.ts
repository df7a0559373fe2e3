import type { RealtimeContext } from '../context.ts';
import { skipTo, type ChatFeed, type Due } from '../domain/chat-feed.ts';
import { messageFrame } from '../domain/chat-frames.ts';
import type { Connection, HeldMessage } from '../domain/connection.ts';
import { decide, noteDelivered } from '../domain/delivery.ts';
import type { ServerFrame } from '../domain/frames.ts';
import { catchUpAlone } from './catch-up.ts';
import { noteReceipt } from './note-receipt.ts';

/** Messages that are held back for a connection that has just been opened. */
const MAX_HELD = 200;

type Parts = Pick<RealtimeContext, 'connections' | 'feeds' | 'chats' | 'catchUps' | 'receipts' | 'clock' | 'log'>;

/** Passes messages on, whose turn it is, to all connections of those whom they concern. */
export function passMessages(ctx: Parts, feed: ChatFeed, dues: readonly Due[]): void {
  for (const { message, recipientIds } of dues) {
    const newest = ctx.feeds.newest(message);
    const frame = messageFrame(newest);
    for (const connection of ctx.connections.ofUsers(recipientIds))
      pass(ctx, connection, { message: newest, newFrom: feed.newFrom }, frame);
  }
}

/** Goes on after what cannot be had, or what nobody is here for. */
export function passOver(ctx: Parts, feed: ChatFeed, seq: number): void {
  passMessages(ctx, feed, skipTo(feed, seq));
}

/** From now on a connection gets messages as they come; first those that were held back until it was clear where it begins. */
export function settle(ctx: Parts, connection: Connection): void {
  const { held = [] } = connection;
  connection.held = undefined;
  held.forEach((one) => pass(ctx, connection, one, messageFrame(one.message)));
}

function pass(ctx: Parts, connection: Connection, held: HeldMessage, frame: ServerFrame): void {
  const { message, newFrom } = held;
  if (connection.held) {
    connection.held.push(held);
    if (connection.held.length > MAX_HELD) settle(ctx, connection);
    return;
  }
  switch (decide(connection, message, newFrom)) {
    case 'send':
      if (connection.send(frame)) noteReceipt(ctx, connection, message);
      noteDelivered(connection, message.chat_id, { from: message.seq, to: message.seq });
      return;
    case 'catch-up':
      catchUpAlone(ctx, connection, message.chat_id);
      return;
    case 'leave':
  }
}
