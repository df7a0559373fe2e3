import type { NotificationType } from '@commons/contracts';
import { textOfMessages, type ChatName } from './message-news.ts';

/** What happened where: the ids that a client needs to go there. */
export type Place = { postId?: string; commentId?: string; projectId?: string; chatId?: string };

/** What became of what somebody had asked for. */
export type Outcome = 'accepted' | 'rejected' | 'withdrawn';

export type Notification = {
  id: string;
  /** Whom it tells. */
  userId: string;
  type: NotificationType;
  place: Place;
  /** Null where nothing was asked for, or nothing has become of it yet. */
  outcome: Outcome | null;
  /** The chat that messages are in; null for what is not about messages. */
  chat: ChatName | null;
  /** Who did it; of several, the latest. Null where nobody in particular did. */
  actorId: string | null;
  /** How many did it; of messages, how many there are. */
  actorsCount: number;
  /** The text, where it does not follow from the rest. */
  message: string | null;
  isRead: boolean;
  /** When it was made, or when it grew for the last time. */
  createdAt: Date;
};

/** What a user has heard of somebody until a moment. */
export type Heard = { userId: string; actorId: string; until: Date };

/** Likes of one target that come within this time of the first one make one notification. */
export const GROUP_MS = 24 * 60 * 60_000;

/**
 * The text of a notification.
 * @param actor the actor's name; undefined where it is not known, or no longer.
 */
export function messageOf(notification: Notification, actor: string | undefined): string {
  const { message, chat, actorsCount } = notification;
  if (chat) return textOfMessages(chat, actor ?? 'Somebody', actorsCount);
  return message ?? `${actor ?? 'Somebody'}${andOthers(actorsCount - 1)} ${deed(notification)}`;
}

function andOthers(count: number): string {
  if (count < 1) return '';
  return count === 1 ? ' and 1 other' : ` and ${count} others`;
}

const DECISIONS: Record<Outcome, string> = {
  accepted: 'accepted your application',
  rejected: 'rejected your application',
  withdrawn: 'withdrew their application',
};

function deed({ type, place, outcome }: Notification): string {
  if (type === 'LIKE') return place.commentId === undefined ? 'liked your post' : 'liked your comment';
  if (type === 'REPLY') return 'replied to your comment';
  if (type === 'COMMENT') return 'commented on your post';
  if (type === 'FOLLOW') return outcome === null ? 'follows you' : 'accepted your request to follow them';
  if (type === 'FOLLOW_REQUEST') return 'asks to follow you';
  if (type === 'APPLICATION') return 'applied to your project';
  if (type === 'APPLICATION_STATUS' && outcome !== null) return DECISIONS[outcome];
  throw new Error(`a notification of the type ${type} needs a message of its own`);
}
