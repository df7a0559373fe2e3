import type { NotificationType } from '@commons/contracts';

/** What happened where: the ids that a client needs to go there. */
export type Place = { postId?: string; commentId?: string };

export type Notification = {
  id: string;
  /** Whom it tells. */
  userId: string;
  type: NotificationType;
  place: Place;
  /** Who did it; of several, the latest. Null where nobody in particular did. */
  actorId: string | null;
  /** How many did it. */
  actorsCount: number;
  /** The text, where it does not follow from the rest. */
  message: string | null;
  isRead: boolean;
  /** When it was made, or when it grew for the last time. */
  createdAt: Date;
};

/** Likes of one target that come within this time of the first one make one notification. */
export const GROUP_MS = 24 * 60 * 60_000;

/**
 * The text of a notification.
 * @param actor the actor's name; undefined where it is not known, or no longer.
 */
export function messageOf({ type, place, actorsCount, message }: Notification, actor: string | undefined): string {
  if (message !== null) return message;
  return `${actor ?? 'Somebody'}${andOthers(actorsCount - 1)} ${deed(type, place)}`;
}

function andOthers(count: number): string {
  if (count < 1) return '';
  return count === 1 ? ' and 1 other' : ` and ${count} others`;
}

function deed(type: NotificationType, { commentId }: Place): string {
  if (type === 'LIKE') return commentId === undefined ? 'liked your post' : 'liked your comment';
  if (type === 'REPLY') return 'replied to your comment';
  if (type === 'COMMENT') return 'commented on your post';
  throw new Error(`a notification of the type ${type} needs a message of its own`);
}
