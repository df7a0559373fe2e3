import { z } from 'zod';
import { chatMessage } from '../events/chat-events.ts';
import { notification } from '../events/notification-events.ts';
import { id } from '../schemas.ts';
import { defineFrame } from './define-frame.ts';

const pongFrame = defineFrame('pong', 'The answer to ping', {});
const ackFrame = defineFrame('ack', 'What was asked is done; what came of it goes by what was asked', {
  post_ids: z.array(id).optional().describe('watch: those that are watched now'),
  message: chatMessage.optional().describe('message.send: the message as it is stored'),
  unread_count: z.int().optional().describe('chat.read'),
  chats: z
    .record(id, z.int())
    .optional()
    .describe('resume: the last message of each chat that is there now; chats that the user is not in are left out'),
});
const errorFrame = defineFrame('error', 'What was asked cannot be done', {
  status: z.int(),
  code: z.string(),
  detail: z.string(),
});

export const notificationCreatedFrame = defineFrame(
  'notification.created',
  'The user has a new notification, or one that has grown',
  notification.shape,
);

export const postLikedFrame = defineFrame('post.liked', 'A post that the client watches was liked', {
  post_id: id,
  likes_count: z.int(),
  user_id: id,
  username: z.string(),
});

export const messageCreatedFrame = defineFrame(
  'message.created',
  'A message in a chat of the user: each once, in the order of seq',
  chatMessage.shape,
);
export const messageEditedFrame = defineFrame('message.edited', 'A message has another content', chatMessage.shape);
export const messageDeletedFrame = defineFrame('message.deleted', 'A message was deleted', chatMessage.shape);

export const chatReadFrame = defineFrame('chat.read', 'Somebody has read a chat up to a message', {
  chat_id: id,
  user_id: id,
  seq: z.int(),
});

export const chatTypingFrame = defineFrame('chat.typing', 'Somebody else is writing in a chat', {
  chat_id: id,
  user_id: id,
});

export const presenceFrame = defineFrame('presence', 'Somebody who shares a chat with the user has come or gone', {
  user_id: id,
  online: z.boolean(),
});

/** What the server sends. */
export const serverFrames = [
  pongFrame,
  ackFrame,
  errorFrame,
  messageCreatedFrame,
  messageEditedFrame,
  messageDeletedFrame,
  chatReadFrame,
  chatTypingFrame,
  presenceFrame,
  notificationCreatedFrame,
  postLikedFrame,
];
