import { chatMessage } from '@commons/contracts';
import { BadRequest, cursorPageOf, pageQuery } from '@commons/platform';
import { z } from 'zod';
import type { ChatContext } from '../context.ts';
import type { Message } from '../domain/message.ts';
import { showMessages } from '../use-cases/show-messages.ts';

const seq = z.coerce.number().int().min(0);

/** Which messages of a chat: a page ends with the `next_cursor` that is the `before` of the next one, or its `cursor`. */
export const messageQuery = {
  before: seq.optional().meta({ description: 'Only messages with a smaller `seq`' }),
  after: seq.optional().meta({ description: 'Only messages with a larger `seq`' }),
  limit: pageQuery.limit,
  cursor: pageQuery.cursor,
};

export const messagePage = cursorPageOf(chatMessage);

type Query = { before?: number | undefined; after?: number | undefined; limit: number; cursor?: string | undefined };

/** Reads a page of messages that come newest first. */
export async function readMessagePage(
  ctx: ChatContext,
  { before, after, limit, cursor }: Query,
  read: (stretch: { before: number | undefined; after: number | undefined; limit: number }) => Promise<Message[]>,
): Promise<z.infer<typeof messagePage>> {
  const found = await read({ before: smaller(before, positionOf(cursor)), after, limit: limit + 1 });
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { next_cursor: last ? String(last.seq) : null, results: await showMessages(ctx, found.slice(0, limit)) };
}

function positionOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const position = Number(cursor);
  if (/^\d+$/.test(cursor) && Number.isSafeInteger(position)) return position;
  const message = 'is not one that this list gave';
  throw new BadRequest(`cursor: ${message}`, 'invalid_cursor', [{ path: 'cursor', message }]);
}

const smaller = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
