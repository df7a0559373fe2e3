import { pingFrame, watchFrame } from '@commons/contracts';
import { asHttpError, NotFound, parseInput, type HttpError } from '@commons/platform';
import type { RealtimeContext } from '../context.ts';
import type { Connection } from '../domain/connections.ts';
import { clientFrame, frameIdOf, isChatFrame, type ServerFrame } from '../domain/frames.ts';
import { watchPosts } from './watch-posts.ts';

/** Does what a client's frame asks, and answers with the frame's `id`. What cannot be done is an `error` frame. */
export async function handleFrame(ctx: RealtimeContext, connection: Connection, text: string): Promise<void> {
  const given = parseJson(text);
  try {
    connection.send(withId(await answer(ctx, connection, given), given));
  } catch (error) {
    const refusal = asHttpError(error);
    if (refusal.status >= 500) ctx.log.warn({ err: error }, 'a frame could not be handled');
    connection.send(withId(errorFrame(refusal), given));
  }
}

/** Answers a frame that is not even looked at. */
export function refuseFrame(connection: Connection, text: string, refusal: HttpError): void {
  connection.send(withId(errorFrame(refusal), parseJson(text)));
}

async function answer(ctx: RealtimeContext, connection: Connection, given: unknown): Promise<ServerFrame> {
  const { type, data } = parseInput(clientFrame, given, 400);
  switch (type) {
    case pingFrame.type:
      return { type: 'pong' };
    case watchFrame.type: {
      const { post_ids } = parseInput(watchFrame.data, data, 422);
      return { type: 'ack', data: { post_ids: await watchPosts(ctx, connection, post_ids) } };
    }
    default:
      if (isChatFrame(type)) throw new NotFound('Chats are not available yet.', 'not_available');
      throw new NotFound('There is no such frame.', 'unknown_frame');
  }
}

function withId(frame: ServerFrame, given: unknown): ServerFrame {
  const id = frameIdOf(given);
  return { ...frame, ...(id !== undefined && { id }) };
}

function errorFrame({ status, code, message }: HttpError): ServerFrame {
  return { type: 'error', data: { status, code, detail: message } };
}

/** What is no JSON becomes nothing, which no frame is. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
