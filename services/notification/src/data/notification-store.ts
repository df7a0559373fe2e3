import type { NotificationType } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import type { Notification, Place } from '../domain/notification.ts';
import { notificationModel, type NotificationDocument } from './notification-model.ts';
import { toNotification } from './to-notification.ts';

export type NewNotification = {
  userId: string;
  type: NotificationType;
  /** What it stands for: a second one of the same key is not made. */
  key: string;
  place: Place & { parentId?: string };
  actorId: string | null;
  message: string | null;
  at: Date;
};

export type NotificationStore = {
  /** @returns those that were made: not those that were there. */
  create(wanted: readonly NewNotification[], tx: Transaction): Promise<Notification[]>;
  /** Adds the latest actor: unread again, and at the top. @returns undefined where it has gone. */
  grow(id: string, latest: { actorId: string; at: Date }, tx: Transaction): Promise<Notification | undefined>;
  /** Adds an actor who had been in it before, and whom its owner has heard of. @returns whether it is there. */
  takeBack(id: string, actorId: string, tx: Transaction): Promise<boolean>;
  /** Takes an actor out. @returns undefined where it has gone. */
  shrink(id: string, tx: Transaction): Promise<Notification | undefined>;
  nameActor(id: string, actorId: string, tx: Transaction): Promise<void>;
  /** Shows it no more, and removes it later. */
  withdraw(id: string, expiresAt: Date, tx: Transaction): Promise<void>;
  /** @returns how many were removed: fewer than `limit` where these were the last. */
  removeSome(which: Which, limit: number, tx: Transaction): Promise<number>;
  /** A new id, for what is asked for. */
  newId(): string;
};

/** Notifications to somebody, about a post or a comment, or of what somebody wrote. */
export type Which = { userIds: readonly string[] } | { postId: string } | { commentId: string } | { writerId: string };

/** Notifications, as they come and go. */
export function createNotificationStore(db: Connection): NotificationStore {
  const notifications = notificationModel(db);
  const change = async (id: string, update: object, { session }: Transaction): Promise<Notification | undefined> => {
    const stored = await notifications.findByIdAndUpdate(id, update, { session, returnDocument: 'after' }).lean();
    return stored ? toNotification(stored) : undefined;
  };

  return {
    async create(wanted, { session }) {
      if (wanted.length === 0) return [];
      const documents = wanted.map(toDocument);
      const { upsertedIds } = await notifications.bulkWrite(
        documents.map((document) => ({
          updateOne: { filter: { key: document.key }, update: { $setOnInsert: document }, upsert: true },
        })),
        { session },
      );
      return documents.filter((_, index) => index in upsertedIds).map(toNotification);
    },
    grow: (id, { actorId, at }, tx) =>
      change(
        id,
        {
          $inc: { actors_count: 1 },
          $set: { actor_id: actorId, read: false, listed: true, created_at: at },
          $unset: { expires_at: 1 },
        },
        tx,
      ),
    async takeBack(id, actorId, tx) {
      const there = await change(
        id,
        { $inc: { actors_count: 1 }, $set: { listed: true }, $unset: { expires_at: 1 } },
        tx,
      );
      if (there?.actorsCount === 1) await change(id, { $set: { actor_id: actorId } }, tx);
      return there !== undefined;
    },
    shrink: (id, tx) => change(id, { $inc: { actors_count: -1 } }, tx),
    async nameActor(id, actorId, tx) {
      await change(id, { $set: { actor_id: actorId } }, tx);
    },
    async withdraw(id, expiresAt, tx) {
      await change(id, { $set: { listed: false, actor_id: null, expires_at: expiresAt } }, tx);
    },
    async removeSome(which, limit, { session }) {
      const found = await notifications.find(filterOf(which), { _id: 1 }).session(session).limit(limit).lean();
      if (found.length > 0) await notifications.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } }, { session });
      return found.length;
    },
    newId: () => new Types.ObjectId().toHexString(),
  };
}

function filterOf(which: Which): object {
  if ('userIds' in which) return { user_id: { $in: which.userIds } };
  if ('postId' in which) return { post_id: which.postId };
  if ('commentId' in which) return { $or: [{ comment_id: which.commentId }, { parent_id: which.commentId }] };
  return { actor_id: which.writerId, type: { $in: ['COMMENT', 'REPLY'] } };
}

function toDocument({ userId, type, key, place, actorId, message, at }: NewNotification): NotificationDocument {
  const { postId, commentId, parentId } = place;
  return {
    _id: new Types.ObjectId(),
    user_id: new Types.ObjectId(userId),
    type,
    key,
    ...(postId !== undefined && { post_id: new Types.ObjectId(postId) }),
    ...(commentId !== undefined && { comment_id: new Types.ObjectId(commentId) }),
    ...(parentId !== undefined && { parent_id: new Types.ObjectId(parentId) }),
    actor_id: actorId === null ? null : new Types.ObjectId(actorId),
    actors_count: actorId === null ? 0 : 1,
    message,
    read: false,
    listed: true,
    created_at: at,
  };
}
