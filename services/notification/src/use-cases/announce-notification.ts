import { notificationSent } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { Notification } from '../domain/notification.ts';
import { presentNotification } from '../domain/present-notification.ts';

/** Tells whoever is connected of a notification that is new, or has grown. */
export function announceNotification(notification: Notification, names: Map<string, string>, tx: Transaction): void {
  tx.emit(notificationSent, notification.id, {
    user_id: notification.userId,
    channel: 'in_app',
    notification: presentNotification(notification, names),
  });
}
