import type { Transaction } from '@commons/platform';
import type { Connection } from 'mongoose';
import { likerModel, type LikerDocument } from './liker-model.ts';

export type Liker = { id: string; username: string; usernameRevision: number; likesCount: number; isErased: boolean };
export type Name = { userId: string; username: string; revision: number };

export type LikerStore = {
  find(ids: readonly string[], tx?: Transaction): Promise<Map<string, Liker>>;
  /**
   * Counts that somebody has given one like more (1) or taken one back (-1). It writes to the liker's document, so
   * that this and `erase` exclude each other.
   * @param user as their token names them; a name that `auth` announced is kept.
   */
  count(user: { id: string; username: string }, by: 1 | -1, tx: Transaction): Promise<Liker>;
  /** Counts that likes of these users, one each, have gone. */
  uncount(ids: readonly string[], tx: Transaction): Promise<void>;
  /** Takes over a name unless a later one is there. */
  rename(name: Name, tx: Transaction): Promise<void>;
  erase(id: string, at: Date, tx: Transaction): Promise<void>;
  list(options: { after?: string; limit: number }): Promise<Liker[]>;
  /** Puts a name right where it has not changed since it was listed. @returns whether it did. */
  correctName(listed: Liker, right: Omit<Name, 'userId'>): Promise<boolean>;
  correctCount(id: string, count: number, tx: Transaction): Promise<void>;
};

const UPSERT = { upsert: true, updatePipeline: true } as const;

/** Those who like things, with their names: kept once for all their likes. */
export function createLikerStore(db: Connection): LikerStore {
  const likers = likerModel(db);

  return {
    async find(ids, tx) {
      const found = likers.find({ _id: { $in: [...new Set(ids)] } }).session(tx?.session ?? null);
      return new Map((await found.lean()).map(toLiker).map((liker) => [liker.id, liker]));
    },
    async count({ id, username }, by, { session }) {
      const isAnnounced = { $gt: [{ $ifNull: ['$username_revision', 0] }, 0] };
      const change = {
        username: { $cond: [isAnnounced, '$username', { $literal: username }] },
        username_revision: { $ifNull: ['$username_revision', 0] },
        likes_count: { $add: [{ $ifNull: ['$likes_count', 0] }, by] },
        erased_at: { $ifNull: ['$erased_at', null] },
      };
      const options = { ...UPSERT, session, returnDocument: 'after' } as const;
      return toLiker(
        await likers
          .findOneAndUpdate({ _id: id }, [{ $set: change }], options)
          .lean()
          .orFail(),
      );
    },
    async uncount(ids, { session }) {
      await likers.updateMany({ _id: { $in: ids }, erased_at: null }, { $inc: { likes_count: -1 } }, { session });
    },
    async rename({ userId, username, revision }, { session }) {
      const isLater = { $lt: [{ $ifNull: ['$username_revision', -1] }, revision] };
      const change = {
        username: { $cond: [isLater, { $literal: username }, '$username'] },
        username_revision: { $cond: [isLater, revision, '$username_revision'] },
        likes_count: { $ifNull: ['$likes_count', 0] },
        erased_at: { $ifNull: ['$erased_at', null] },
      };
      await likers.updateOne({ _id: userId }, [{ $set: change }], { ...UPSERT, session });
    },
    async erase(id, at, { session }) {
      const nothing = { username: '', username_revision: Number.MAX_SAFE_INTEGER, likes_count: 0, erased_at: at };
      await likers.updateOne({ _id: id }, { $set: nothing }, { upsert: true, session });
    },
    async list({ after, limit }) {
      const later = after === undefined ? {} : { _id: { $gt: after } };
      return (await likers.find(later).sort({ _id: 1 }).limit(limit).lean()).map(toLiker);
    },
    async correctName({ id, usernameRevision }, { username, revision }) {
      const listed = { _id: id, username_revision: usernameRevision, erased_at: null };
      const change = { $set: { username, username_revision: revision } };
      return (await likers.updateOne(listed, change)).modifiedCount === 1;
    },
    async correctCount(id, count, { session }) {
      await likers.updateOne({ _id: id, erased_at: null }, { $set: { likes_count: count } }, { session });
    },
  };
}

const toLiker = ({ _id, username, username_revision, likes_count, erased_at }: LikerDocument): Liker => ({
  id: _id.toHexString(),
  username,
  usernameRevision: username_revision,
  likesCount: likes_count,
  isErased: erased_at !== null,
});
