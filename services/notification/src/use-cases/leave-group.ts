import type { Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';
import type { KnownLike } from '../domain/like.ts';
import { GROUP_MS } from '../domain/notification.ts';

/**
 * Takes an actor out of the notification that tells of their like, within a transaction that holds the target, and after their
 * like was noted as ended or removed.
 */
export async function leaveGroup(
  { likes, notifications, clock }: Pick<NotificationContext, 'likes' | 'notifications' | 'clock'>,
  { isLiked, groupId, actorId }: KnownLike,
  tx: Transaction,
): Promise<void> {
  if (!isLiked || groupId === null) return;
  const notification = await notifications.shrink(groupId, tx);
  if (!notification) return;
  const latest = notification.actorId === actorId ? await likes.latestActor(groupId, tx) : notification.actorId;
  if (notification.actorsCount < 1 || latest === undefined || latest === null) {
    await notifications.withdraw(groupId, new Date(clock.now().getTime() + GROUP_MS), tx);
  } else if (latest !== notification.actorId) {
    await notifications.nameActor(groupId, latest, tx);
  }
}
