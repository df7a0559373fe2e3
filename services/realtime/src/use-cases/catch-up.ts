import { setTimeout as wait } from 'node:timers/promises';
import type { ChatMessage } from '@commons/contracts';
import { asHttpError } from '@commons/platform';
import type { RealtimeContext } from '../context.ts';
import { messageFrame } from '../domain/chat-frames.ts';
import type { Connection } from '../domain/connection.ts';
import { isWithin, noteDelivered } from '../domain/delivery.ts';
import { noteReceipt } from './note-receipt.ts';

/** How often a message that was heard of is looked for again where the chat does not show it yet, and how soon, in milliseconds. */
const MAX_EMPTY = 3;
const EMPTY_PAUSE_MS = 50;

type Parts = Pick<RealtimeContext, 'feeds' | 'chats' | 'catchUps' | 'receipts' | 'clock' | 'log'>;

/**
 * Gives a connection the messages of a chat after one, and no message twice; meanwhile what is new there comes by this way as well.
 * It goes no faster than the client reads.
 * @returns the seq of the last message that it has then, undefined where it was closed.
 * @throws what `chat` answers: 404 to whoever is not in the chat.
 */
export async function catchUp(
  ctx: Parts,
  connection: Connection,
  { chatId, after }: { chatId: string; after: number },
): Promise<number | undefined> {
  const before = connection.catchingUp.get(chatId);
  const turn = Promise.withResolvers<void>();
  connection.catchingUp.set(chatId, turn.promise);
  try {
    await before;
    return await ctx.catchUps(() =>
      giveMissed(ctx, connection, { chatId, after, end: () => endTurn(connection, chatId, turn.promise) }),
    );
  } finally {
    endTurn(connection, chatId, turn.promise);
    turn.resolve();
  }
}

/** Has a connection catch up that has been found to lack something, without being asked. */
export function catchUpAlone(ctx: Parts, connection: Connection, chatId: string): void {
  const after = connection.delivered.get(chatId)?.to ?? 0;
  catchUp(ctx, connection, { chatId, after }).catch((error: unknown) => {
    if (asHttpError(error).status < 500) connection.delivered.delete(chatId);
    else ctx.log.warn({ err: error, chat_id: chatId }, 'a client lacks messages until the next one comes');
  });
}

/** `end` is called as soon as nothing is missing, before anything else can come. */
async function giveMissed(
  ctx: Parts,
  connection: Connection,
  { chatId, after, end }: { chatId: string; after: number; end: () => void },
): Promise<number | undefined> {
  const { feeds, chats } = ctx;
  const had = connection.delivered.get(chatId);
  let [start, at] = [after, after];
  for (let empty = 0; ;) {
    const { messages, last_seq, has_more } = await chats.messagesAfter(connection.user, chatId, at);
    if (messages.length === 0 && last_seq < at) start = at = last_seq;
    for (const message of messages) {
      if (!isWithin(had, message.seq) && !(await give(feeds.newest(message)))) return undefined;
      at = message.seq;
      noteDelivered(connection, chatId, { from: start + 1, to: at });
    }
    const isMoreKnown = (feeds.of(chatId)?.head ?? 0) > at;
    if (messages.length === 0 && isMoreKnown && empty < MAX_EMPTY) {
      empty += 1;
      await wait(EMPTY_PAUSE_MS);
    } else if (!has_more && (!isMoreKnown || messages.length === 0)) {
      noteDelivered(connection, chatId, { from: start + 1, to: at });
      end();
      return at;
    }
  }

  async function give(message: ChatMessage): Promise<boolean> {
    const isGiven = await connection.sendInPace(messageFrame(message));
    if (isGiven) noteReceipt(ctx, connection, message);
    return isGiven;
  }
}

function endTurn({ catchingUp }: Connection, chatId: string, turn: Promise<void>): void {
  if (catchingUp.get(chatId) === turn) catchingUp.delete(chatId);
}
