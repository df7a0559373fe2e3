import { asHttpError, NotFound, parseInput, type HttpError } from '@commons/platform';
import type { RealtimeContext } from '../context.ts';
import type { Connection } from '../domain/connections.ts';
import { clientFrame, watchData, type ClientFrame, type ServerFrame } from '../domain/frames.ts';
import { watchPosts } from './watch-posts.ts';

/** Does what a client's frame asks, and answers with the frame's `id`. What cannot be done is an `error` frame. */
export async function handleFrame(ctx: RealtimeContext, connection: Connection, text: string): Promise<void> {
  let frame: ClientFrame | undefined;
  try {
    frame = parseInput(clientFrame, parseJson(text), 400);
    connection.send(withId(await answer(ctx, connection, frame), frame));
  } catch (error) {
    const refusal = asHttpError(error);
    if (refusal.status >= 500) ctx.log.warn({ err: error, type: frame?.type }, 'a frame could not be handled');
    connection.send(withId(errorFrame(refusal), frame));
  }
}

async function answer(ctx: RealtimeContext, connection: Connection, { type, data }: ClientFrame): Promise<ServerFrame> {
  switch (type) {
    case 'ping':
      return { type: 'pong' };
    case 'watch': {
      const { post_ids } = parseInput(watchData, data, 422);
      return { type: 'ack', data: { post_ids: await watchPosts(ctx, connection, post_ids) } };
    }
    default:
      throw new NotFound('There is no such frame.', 'unknown_frame');
  }
}

/** The `error` frame of what was refused. */
export function errorFrame({ status, code, message }: HttpError): ServerFrame {
  return { type: 'error', data: { status, code, detail: message } };
}

const withId = (frame: ServerFrame, asked: ClientFrame | undefined): ServerFrame => ({
  type: frame.type,
  ...(asked?.id !== undefined && { id: asked.id }),
  ...(frame.data !== undefined && { data: frame.data }),
});

/** What is no JSON becomes nothing, which no frame is. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
