import { z } from 'zod';
import { notification } from '../events/notification-events.ts';
import { id } from '../schemas.ts';
import { defineFrame } from './define-frame.ts';

const pongFrame = defineFrame('pong', 'The answer to ping', {});
const ackFrame = defineFrame('ack', 'What was asked is done: the posts that are watched now', {
  post_ids: z.array(id),
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

/** What the server sends. */
export const serverFrames = [pongFrame, ackFrame, errorFrame, notificationCreatedFrame, postLikedFrame];
