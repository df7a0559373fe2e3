import { z } from 'zod';
import { id, timestamp } from '../schemas.ts';
import { defineEvent } from './define-event.ts';

const topic = 'chat-events';

export const chatType = z.enum(['direct', 'group', 'project']);
export type ChatType = z.infer<typeof chatType>;

export const participantRole = z.enum(['admin', 'member']);
export type ParticipantRole = z.infer<typeof participantRole>;

export const messageMedia = z.object({ photo_id: id, type: z.enum(['image', 'video', 'audio', 'file']) });
export type MessageMedia = z.infer<typeof messageMedia>;

/** A message as those who take part in its chat see it, over HTTP, in events and over the WebSocket alike. */
export const chatMessage = z.object({
  id,
  chat_id: id,
  /** Grows by one with each message of the chat, without a gap. */
  seq: z.int(),
  /** Null once the author's account has gone. */
  author_id: id.nullable(),
  /** Empty where it is deleted. */
  content: z.string(),
  media: z.array(messageMedia),
  /** The id of the message that it answers. */
  reply_to: id.nullable(),
  created_at: timestamp,
  edited_at: timestamp.nullable(),
  deleted: z.boolean(),
  /** How many have read it, its author left out. */
  read_by_count: z.int(),
});
export type ChatMessage = z.infer<typeof chatMessage>;

/** Those who take part in the chat at this moment, whoever caused the event included: whom to tell. */
const recipients = { recipient_ids: z.array(id) };

export const chatCreated = defineEvent(topic, 'ChatCreated', {
  chat_id: id,
  type: chatType,
  title: z.string().nullable(),
  project_id: id.nullable(),
  created_by: id,
  ...recipients,
});

const participant = {
  chat_id: id,
  user_id: id,
  /** Order of the changes to who takes part in this chat. */
  revision: z.int(),
  ...recipients,
};

export const participantAdded = defineEvent(topic, 'ParticipantAdded', { ...participant, role: participantRole });
/** `recipient_ids` are those who stay. */
export const participantRemoved = defineEvent(topic, 'ParticipantRemoved', participant);

const message = {
  message: chatMessage,
  /** Order of the changes to this message; 0 when it is sent. */
  revision: z.int(),
  ...recipients,
};

export const messageSent = defineEvent(topic, 'MessageSent', {
  ...message,
  author_username: z.string(),
  chat_type: chatType,
  chat_title: z.string().nullable(),
  /** What the author called it, so that their other devices know it again. */
  client_id: z.string().nullable(),
});
export const messageEdited = defineEvent(topic, 'MessageEdited', message);
export const messageDeleted = defineEvent(topic, 'MessageDeleted', message);

/** Somebody has read a chat up to a message; `seq` never steps back. */
export const chatRead = defineEvent(topic, 'ChatRead', { chat_id: id, user_id: id, seq: z.int(), ...recipients });
