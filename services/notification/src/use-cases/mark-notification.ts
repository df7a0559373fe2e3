import { Forbidden, NotFound, type User } from '@commons/platform';
import type { NotificationContext } from '../context.ts';

/**
 * Marks a notification of the user's own as read or unread.
 * @throws NotFound, Forbidden where it is somebody else's.
 */
export async function markNotification(
  { notificationList }: Pick<NotificationContext, 'notificationList'>,
  { id, user, isRead }: { id: string; user: User; isRead: boolean },
): Promise<{ id: string; read: boolean }> {
  const notification = await notificationList.find(id);
  if (!notification) throw new NotFound('There is no such notification.', 'notification_not_found');
  if (notification.userId !== user.id)
    throw new Forbidden('This notification belongs to somebody else.', 'not_the_recipient');
  await notificationList.markRead(notification.id, isRead);
  return { id: notification.id, read: isRead };
}
