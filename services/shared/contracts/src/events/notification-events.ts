import { z } from 'zod';
import { id, timestamp } from '../schemas.ts';
import { defineEvent } from './define-event.ts';

const topic = 'notification-events';

export const notificationType = z.enum([
  'LIKE',
  'COMMENT',
  'REPLY',
  'FOLLOW',
  'FOLLOW_REQUEST',
  'MESSAGE',
  'APPLICATION',
  'APPLICATION_STATUS',
  'SYSTEM',
]);
export type NotificationType = z.infer<typeof notificationType>;

/** A notification as its owner sees it, over HTTP and over the WebSocket alike. */
export const notification = z.object({
  id,
  type: notificationType,
  message: z.string(),
  data: z.object({
    post_id: id.optional(),
    comment_id: id.optional(),
    project_id: id.optional(),
    chat_id: id.optional(),
    actor_id: id.nullable(),
  }),
  read: z.boolean(),
  created_at: timestamp,
});
export type Notification = z.infer<typeof notification>;

/** Somebody asks for a notification to be made: what POST /api/notifications takes. */
export const notificationRequested = defineEvent(topic, 'NotificationRequested', {
  request_id: id,
  type: notificationType,
  message: z.string(),
  user_ids: z.array(id),
  broadcast: z.boolean(),
});

/** A notification has been made, or has grown by one more actor; `channel` says how it went out. */
export const notificationSent = defineEvent(topic, 'NotificationSent', {
  user_id: id,
  channel: z.enum(['in_app', 'email', 'push']),
  notification,
});
