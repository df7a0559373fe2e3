import type { NotificationType } from '@commons/contracts';
import { Types, type Connection } from 'mongoose';
import type { Notification } from '../domain/notification.ts';
import { notificationModel } from './notification-model.ts';
import { toNotification } from './to-notification.ts';

/** Which notifications of a user. */
export type Selection = { userId: string; onlyUnread: boolean; type?: NotificationType | undefined };

/** A place in a list: when the notification there was made, and its id. */
export type Position = { createdAt: Date; id: string };

export type NotificationList = {
  find(id: string): Promise<Notification | undefined>;
  /** Newest first. */
  list(wanted: Selection, options: { skip?: number; after?: Position; limit: number }): Promise<Notification[]>;
  count(wanted: Selection): Promise<number>;
  markRead(id: string, isRead: boolean): Promise<void>;
  /** @returns how many were unread. */
  markAllRead(userId: string): Promise<number>;
};

/** Notifications as their owners see them. */
export function createNotificationList(db: Connection): NotificationList {
  const notifications = notificationModel(db);

  return {
    async find(id) {
      const stored = await notifications.findOne({ _id: id, listed: true }).lean();
      return stored ? toNotification(stored) : undefined;
    },
    async list(wanted, { skip = 0, after, limit }) {
      const filter = { ...filterOf(wanted), ...(after && isAfter(after)) };
      const newestFirst = notifications.find(filter).sort({ created_at: -1, _id: -1 });
      return (await newestFirst.skip(skip).limit(limit).lean()).map(toNotification);
    },
    count: (wanted) => notifications.countDocuments(filterOf(wanted)),
    async markRead(id, isRead) {
      await notifications.updateOne({ _id: id }, { $set: { read: isRead } });
    },
    async markAllRead(userId) {
      const unread = { user_id: userId, listed: true, read: false };
      return (await notifications.updateMany(unread, { $set: { read: true } })).modifiedCount;
    },
  };
}

const filterOf = ({ userId, onlyUnread, type }: Selection) => ({
  user_id: userId,
  listed: true,
  ...(onlyUnread && { read: false }),
  ...(type !== undefined && { type }),
});

const isAfter = ({ createdAt, id }: Position) => ({
  created_at: { $lte: createdAt },
  $or: [{ created_at: { $lt: createdAt } }, { created_at: createdAt, _id: { $lt: new Types.ObjectId(id) } }],
});
