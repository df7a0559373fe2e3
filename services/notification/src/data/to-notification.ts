import type { Notification } from '../domain/notification.ts';
import type { NotificationDocument } from './notification-model.ts';

/** A stored notification as the rest of the service knows it. */
export const toNotification = (stored: NotificationDocument): Notification => ({
  id: stored._id.toHexString(),
  userId: stored.user_id.toHexString(),
  type: stored.type,
  place: {
    ...(stored.post_id && { postId: stored.post_id.toHexString() }),
    ...(stored.comment_id && { commentId: stored.comment_id.toHexString() }),
    ...(stored.project_id && { projectId: stored.project_id.toHexString() }),
    ...(stored.chat_id && { chatId: stored.chat_id.toHexString() }),
  },
  outcome: stored.outcome ?? null,
  chat: stored.chat ?? null,
  actorId: stored.actor_id?.toHexString() ?? null,
  actorsCount: stored.actors_count,
  message: stored.message,
  isRead: stored.read,
  createdAt: stored.created_at,
});
