import type { Notification as PublicNotification } from '@commons/contracts';
import { messageOf, type Notification } from './notification.ts';

/**
 * A notification as its owner sees it, over HTTP and in events alike.
 * @param names of actors by id.
 */
export function presentNotification(notification: Notification, names: Map<string, string>): PublicNotification {
  const { id, type, place, actorId, isRead, createdAt } = notification;
  return {
    id,
    type,
    message: messageOf(notification, actorId === null ? undefined : names.get(actorId)),
    data: {
      ...(place.postId !== undefined && { post_id: place.postId }),
      ...(place.commentId !== undefined && { comment_id: place.commentId }),
      ...(place.projectId !== undefined && { project_id: place.projectId }),
      ...(place.chatId !== undefined && { chat_id: place.chatId }),
      actor_id: actorId,
    },
    read: isRead,
    created_at: createdAt.toISOString(),
  };
}
