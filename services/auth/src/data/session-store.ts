import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import type { Session } from '../domain/session.ts';
import { sessionModel, type SessionDocument } from './session-model.ts';

/** A session that is used is written to no more often than this, in milliseconds. */
const TOUCH_MS = 60_000;
/** Sessions whose latest note this replica remembers, so that most uses cost nothing. */
const MAX_REMEMBERED = 50_000;

export type SessionStore = ReturnType<typeof createSessionStore>;

/** The sessions that have not ended. One whose time is over is no longer found, even before it is cleared away. */
export function createSessionStore(db: Connection) {
  const sessions = sessionModel(db);
  const touched = new Map<string, number>();

  return {
    async insert(session: Omit<Session, 'id' | 'lastSeenAt'>, tx: Transaction): Promise<Session> {
      const document: SessionDocument = {
        _id: new Types.ObjectId(),
        user_id: new Types.ObjectId(session.userId),
        ip: session.ip,
        user_agent: session.userAgent,
        created_at: session.createdAt,
        last_seen_at: session.createdAt,
        expires_at: session.expiresAt,
      };
      await sessions.insertMany([document], { session: tx.session });
      return toSession(document);
    },

    async find(id: string, now: Date): Promise<Session | undefined> {
      const document = await sessions.findOne({ _id: id, expires_at: { $gt: now } }).lean();
      return document ? toSession(document) : undefined;
    },

    /** A user's sessions, latest first. */
    async list(
      { userId, now }: { userId: string; now: Date },
      { skip = 0, limit, before }: { skip?: number; limit: number; before?: string | undefined },
    ): Promise<Session[]> {
      const conditions = {
        user_id: userId,
        expires_at: { $gt: now },
        ...(before !== undefined && { _id: { $lt: before } }),
      };
      return (await sessions.find(conditions).sort({ _id: -1 }).skip(skip).limit(limit).lean()).map(toSession);
    },

    count: ({ userId, now }: { userId: string; now: Date }): Promise<number> =>
      sessions.countDocuments({ user_id: userId, expires_at: { $gt: now } }),

    /** Lets a session live on. Undefined where it has ended. */
    async renew(
      id: string,
      { now, expiresAt }: { now: Date; expiresAt: Date },
      tx: Transaction,
    ): Promise<Session | undefined> {
      const document = await sessions
        .findOneAndUpdate(
          { _id: id, expires_at: { $gt: now } },
          { $set: { last_seen_at: now, expires_at: expiresAt } },
          { session: tx.session, returnDocument: 'after' },
        )
        .lean();
      return document ? toSession(document) : undefined;
    },

    /** Notes that a session is in use, at most once a minute. */
    async touch(id: string, now: Date): Promise<void> {
      const before = new Date(now.getTime() - TOUCH_MS);
      if ((touched.get(id) ?? 0) > before.getTime()) return;
      if (touched.size >= MAX_REMEMBERED) touched.clear();
      touched.set(id, now.getTime());
      await sessions.updateOne({ _id: id, last_seen_at: { $lte: before } }, { $set: { last_seen_at: now } });
    },

    /** @param userId where given, only if it is this user's. */
    async remove(
      { id, userId }: { id: string; userId?: string | undefined },
      tx: Transaction,
    ): Promise<Session | undefined> {
      const conditions = { _id: id, ...(userId !== undefined && { user_id: userId }) };
      const document = await sessions.findOneAndDelete(conditions, { session: tx.session }).lean();
      return document ? toSession(document) : undefined;
    },

    /** Removes a user's sessions but one. Gives the ids of those removed. */
    async removeAll(
      { userId, except }: { userId: string; except?: string | undefined },
      tx: Transaction,
    ): Promise<string[]> {
      const { session } = tx;
      const conditions = { user_id: userId, ...(except !== undefined && { _id: { $ne: except } }) };
      const ids = await sessions.find(conditions, { _id: 1 }, { session }).lean();
      await sessions.deleteMany({ _id: { $in: ids.map(({ _id }) => _id) } }, { session });
      return ids.map(({ _id }) => _id.toHexString());
    },
  };
}

function toSession(document: SessionDocument): Session {
  return {
    id: document._id.toHexString(),
    userId: document.user_id.toHexString(),
    ip: document.ip,
    userAgent: document.user_agent,
    createdAt: document.created_at,
    lastSeenAt: document.last_seen_at,
    expiresAt: document.expires_at,
  };
}
