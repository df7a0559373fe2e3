import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import type { MessageNews } from '../domain/message-news.ts';
import { MAX_UNREAD } from '../domain/message-news.ts';
import type { Notification } from '../domain/notification.ts';
import { notificationModel } from './notification-model.ts';
import { toNotification } from './to-notification.ts';

/** Somebody in a chat. */
export type Seat = { chatId: string; userId: string };
/** Messages of an author that somebody, or everybody, has not read; with `until`, those that came until then. */
export type Written = { authorId: string; userId?: string; until?: Date };

/**
 * The notifications of messages: one a user and chat, in the list while something is unread. It is there before and after that as
 * well, to know how far the user has read, so that messages, read marks and departures may come in any order.
 */
export type MessageNewsStore = {
  /** Adds a message that was not read before. @returns the notifications in which it is the only one. */
  add(
    news: Omit<MessageNews, 'recipientIds'>,
    userIds: readonly string[],
    at: Date,
    tx: Transaction,
  ): Promise<Notification[]>;
  readUpTo(seat: Seat, seq: number, at: Date, tx: Transaction): Promise<void>;
  /** Begins anew for somebody who comes to a chat. @param revision the order of coming and going there. */
  join(seat: Seat, revision: number, at: Date, tx: Transaction): Promise<void>;
  /** Somebody who leaves is told of nothing more; what is known of them there is kept until `expiresAt`. */
  leave(seat: Seat, change: { revision: number; expiresAt: Date }, at: Date, tx: Transaction): Promise<void>;
  /** Takes back a message that was deleted. */
  takeBack(chatId: string, seq: number, tx: Transaction): Promise<void>;
  /** Takes an author's messages out. @returns of how many notifications: fewer than `limit` where these were the last. */
  takeOut(written: Written, limit: number, tx: Transaction): Promise<number>;
};

const UPSERT = { upsert: true, updatePipeline: true } as const;
const EVERYTHING = Number.MAX_SAFE_INTEGER;

/** What follows from the messages that are unread. */
const SETTLE = {
  listed: { $gt: [{ $size: '$unread' }, 0] },
  read: { $or: ['$read', { $eq: [{ $size: '$unread' }, 0] }] },
  actor_id: { $ifNull: [{ $last: '$unread.author_id' }, null] },
  actors_count: { $size: '$unread' },
};

export function createMessageNewsStore(db: Connection): MessageNewsStore {
  const notifications = notificationModel(db);
  const change = async (seat: Seat, update: object, at: Date, { session }: Transaction): Promise<void> => {
    const stages = [{ $set: fresh(seat, at) }, { $set: update }, { $set: SETTLE }];
    await notifications.updateOne({ key: keyOf(seat) }, stages, { ...UPSERT, session });
  };

  return {
    async add({ chatId, seq, chat, author }, userIds, at, { session }) {
      if (userIds.length === 0) return [];
      const isNews = { $gt: [seq, '$read_seq'] };
      const take = (field: string, value: unknown) => ({ $cond: [isNews, value, `$${field}`] });
      const longer = { $concatArrays: ['$unread', [{ seq, author_id: new Types.ObjectId(author.id), at }]] };
      const added = {
        unread: take('unread', { $slice: [{ $sortArray: { input: longer, sortBy: { seq: 1 } } }, -MAX_UNREAD] }),
        read: take('read', false),
        created_at: take('created_at', at),
        chat: take('chat', { $literal: chat }),
      };
      const seats = userIds.map((userId) => ({ chatId, userId }));
      await notifications.bulkWrite(
        seats.map((seat) => {
          const update = [{ $set: fresh(seat, at) }, { $set: added }, { $set: SETTLE }];
          return { updateOne: { filter: { key: keyOf(seat) }, update, upsert: true } };
        }),
        { session },
      );
      const alone = { key: { $in: seats.map(keyOf) }, actors_count: 1, 'unread.seq': seq };
      return (await notifications.find(alone).session(session).lean()).map(toNotification);
    },
    readUpTo: (seat, seq, at, tx) =>
      change(seat, { read_seq: { $max: ['$read_seq', seq] }, unread: without({ $lte: ['$$this.seq', seq] }) }, at, tx),
    join: (seat, revision, at, tx) => change(seat, moved(revision, { read_seq: 0, expires_at: '$$REMOVE' }), at, tx),
    leave: (seat, { revision, expiresAt }, at, tx) =>
      change(seat, moved(revision, { read_seq: EVERYTHING, unread: [], expires_at: expiresAt }), at, tx),
    async takeBack(chatId, seq, { session }) {
      const update = [{ $set: { unread: without({ $eq: ['$$this.seq', seq] }) } }, { $set: SETTLE }];
      const holders = { chat_id: new Types.ObjectId(chatId), 'unread.seq': seq };
      await notifications.updateMany(holders, update, { session, updatePipeline: true });
    },
    async takeOut({ authorId, userId, until }, limit, { session }) {
      const author_id = new Types.ObjectId(authorId);
      const some = {
        ...(userId !== undefined && { user_id: userId, listed: true, type: 'MESSAGE' as const }),
        unread: { $elemMatch: { author_id, ...(until && { at: { $lte: until } }) } },
      };
      const found = await notifications.find(some, { _id: 1 }).session(session).limit(limit).lean();
      const isTheirs = [{ $eq: ['$$this.author_id', author_id] }, ...(until ? [{ $lte: ['$$this.at', until] }] : [])];
      const update = [{ $set: { unread: without({ $and: isTheirs }) } }, { $set: SETTLE }];
      const ids = { _id: { $in: found.map(({ _id }) => _id) } };
      if (found.length > 0) await notifications.updateMany(ids, update, { session, updatePipeline: true });
      return found.length;
    },
  };
}

const keyOf = ({ chatId, userId }: Seat): string => `chat:${chatId}:${userId}`;

/** The unread messages but for some. */
const without = (which: object) => ({ $filter: { input: '$unread', cond: { $not: [which] } } });

/** What comes of a change of who takes part, unless a later one is known. */
function moved(revision: number, fields: Record<string, unknown>) {
  const isLater = { $gt: [revision, '$seat_revision'] };
  return Object.fromEntries(
    Object.entries({ ...fields, seat_revision: revision }).map(([field, value]) => [
      field,
      { $cond: [isLater, value, `$${field}`] },
    ]),
  );
}

/** What a notification of messages has from the beginning. */
const fresh = ({ chatId, userId }: Seat, at: Date) => ({
  user_id: new Types.ObjectId(userId),
  type: 'MESSAGE',
  chat_id: new Types.ObjectId(chatId),
  message: null,
  read: { $ifNull: ['$read', true] },
  created_at: { $ifNull: ['$created_at', at] },
  unread: { $ifNull: ['$unread', []] },
  read_seq: { $ifNull: ['$read_seq', 0] },
  seat_revision: { $ifNull: ['$seat_revision', 0] },
});
