import { z } from 'zod';
import { messageMedia } from '../events/chat-events.ts';
import { id } from '../schemas.ts';
import { defineFrame } from './define-frame.ts';

/** Chats that one `resume` may name. */
const MAX_RESUMED = 500;

export const pingFrame = defineFrame('ping', 'Asks for a sign of life; answered with pong', {});

/** From now on these posts, and no others. */
export const watchFrame = defineFrame('watch', 'Names the posts whose likes are to be told; answered with ack', {
  post_ids: z.array(id).max(100),
});

/** What `POST /api/chats/:id/messages` takes, and the chat. */
export const messageSendFrame = defineFrame('message.send', 'Writes a message; answered with ack, which holds it', {
  chat_id: id,
  content: z.string().nullish(),
  media: z.array(messageMedia).nullish(),
  reply_to: id.nullish(),
  client_id: z.string().max(128).nullish(),
});

export const typingFrame = defineFrame('chat.typing', 'The user is writing in a chat; answered with ack', {
  chat_id: id,
});

export const readFrame = defineFrame('chat.read', 'The user has read a chat up to a message; answered with ack', {
  chat_id: id,
  seq: z.int().min(0),
});

/** The last message that the client has of each chat. */
export const resumeFrame = defineFrame(
  'resume',
  'Asks for the messages after these, as message.created; answered with ack when all are there',
  {
    chats: z
      .record(id, z.int().min(0))
      .refine((chats) => Object.keys(chats).length <= MAX_RESUMED, `must be ${MAX_RESUMED} chats or fewer`),
  },
);

/** What a client may send. */
export const clientFrames = [pingFrame, watchFrame, messageSendFrame, typingFrame, readFrame, resumeFrame];
