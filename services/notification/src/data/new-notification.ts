import type { NotificationType } from '@commons/contracts';
import { Types } from 'mongoose';
import type { Outcome, Place } from '../domain/notification.ts';
import type { NotificationDocument } from './notification-model.ts';

export type NewNotification = {
  userId: string;
  type: NotificationType;
  /** What it stands for: a second one of the same key is not made. */
  key: string;
  place: Place & { parentId?: string };
  outcome?: Outcome | null;
  actorId: string | null;
  message: string | null;
  at: Date;
};

/** A notification as it is stored at first: unread, and in the list. */
export function toDocument(wanted: NewNotification): NotificationDocument {
  const { userId, type, key, place, outcome = null, actorId, message, at } = wanted;
  const { postId, commentId, parentId, projectId } = place;
  return {
    _id: new Types.ObjectId(),
    user_id: new Types.ObjectId(userId),
    type,
    key,
    ...(postId !== undefined && { post_id: new Types.ObjectId(postId) }),
    ...(commentId !== undefined && { comment_id: new Types.ObjectId(commentId) }),
    ...(parentId !== undefined && { parent_id: new Types.ObjectId(parentId) }),
    ...(projectId !== undefined && { project_id: new Types.ObjectId(projectId) }),
    ...(outcome !== null && { outcome }),
    actor_id: actorId === null ? null : new Types.ObjectId(actorId),
    actors_count: actorId === null ? 0 : 1,
    message,
    read: false,
    listed: true,
    created_at: at,
  };
}
