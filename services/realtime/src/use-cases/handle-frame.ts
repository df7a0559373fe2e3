import { randomUUID } from 'node:crypto';
import {
  messageSendFrame,
  pingFrame,
  readFrame,
  resumeFrame,
  typingFrame,
  watchFrame,
  type FrameDefinition,
} from '@commons/contracts';
import { asHttpError, NotFound, parseInput, withRequest, type HttpError } from '@commons/platform';
import type { z } from 'zod';
import type { RealtimeContext } from '../context.ts';
import type { Connection } from '../domain/connection.ts';
import { clientFrame, frameIdOf, type ServerFrame } from '../domain/frames.ts';
import { settle } from './pass-messages.ts';
import { resumeChats } from './resume-chats.ts';
import { sendMessage } from './send-message.ts';
import { tellTyping } from './tell-typing.ts';
import { watchPosts } from './watch-posts.ts';

type Answer = (ctx: RealtimeContext, connection: Connection, data: unknown) => Promise<ServerFrame>;

/** What each frame of a client leads to. */
const ANSWERS: ReadonlyMap<string, Answer> = new Map([
  [pingFrame.type, () => Promise.resolve({ type: 'pong' })],
  on(watchFrame, async (ctx, connection, { post_ids }) => ({ post_ids: await watchPosts(ctx, connection, post_ids) })),
  on(messageSendFrame, async (ctx, connection, data) => ({ message: await sendMessage(ctx, connection, data) })),
  on(typingFrame, async (ctx, connection, { chat_id }) => {
    await tellTyping(ctx, connection, chat_id);
    return {};
  }),
  on(readFrame, async ({ chats }, { user }, { chat_id, seq }) => ({
    unread_count: await chats.read(user, chat_id, seq),
  })),
  on(resumeFrame, async (ctx, connection, { chats }) => ({ chats: await resumeChats(ctx, connection, chats) })),
]);

/** Does what a client's frame asks, and answers with the frame's `id`. What cannot be done is an `error` frame. */
export async function handleFrame(ctx: RealtimeContext, connection: Connection, text: string): Promise<void> {
  const given = parseJson(text);
  try {
    connection.send(withId(await withRequest(requestOf(connection), () => answer(ctx, connection, given)), given));
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
  if (type !== resumeFrame.type) settle(ctx, connection);
  const find = ANSWERS.get(type);
  if (!find) throw new NotFound('There is no such frame.', 'unknown_frame');
  return find(ctx, connection, data);
}

/** Binds a frame to what it leads to, whose result is acknowledged. */
function on<Data extends z.ZodObject>(
  { type, data: schema }: FrameDefinition<Data>,
  work: (ctx: RealtimeContext, connection: Connection, data: z.output<Data>) => Promise<object>,
): [string, Answer] {
  return [
    type,
    async (ctx, connection, data) => ({
      type: 'ack',
      data: await work(ctx, connection, parseInput(schema, data ?? {}, 422)),
    }),
  ];
}

/** What a frame leads to is done in the name of its sender. */
const requestOf = ({ user, address, userAgent }: Connection) => ({
  requestId: randomUUID(),
  ip: address,
  userAgent,
  actorId: user.id,
  authorization: null,
  publicBaseUrl: '',
});

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
