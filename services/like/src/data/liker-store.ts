import { createNameCopies, type KnownNames, type Transaction } from '@commons/platform';
import type { Connection } from 'mongoose';
import { likerModel, type LikerDocument } from './liker-model.ts';

export type Liker = { id: string; username: string; usernameRevision: number; likesCount: number; isErased: boolean };

export type LikerStore = Pick<KnownNames, 'rename' | 'erase'> & {
  find(ids: readonly string[], tx?: Transaction): Promise<Map<string, Liker>>;
  /**
   * Counts that somebody has given one like more (1) or taken one back (-1). It writes to the liker's document, so
   * that this and `erase` exclude each other.
   * @param user as their token names them; a name that `auth` announced is kept.
   * @returns the name to show, or undefined for one who has been erased.
   */
  count(user: { id: string; username: string }, by: 1 | -1, tx: Transaction): Promise<string | undefined>;
  /** Counts that likes of these users, one each, have gone. */
  uncount(ids: readonly string[], tx: Transaction): Promise<void>;
  list(options: { after?: string; limit: number }): Promise<Liker[]>;
  /** Puts a name right where it has not changed since it was listed. @returns whether it did. */
  correctName(listed: Liker, right: { username: string; revision: number }): Promise<boolean>;
  correctCount(id: string, count: number, tx: Transaction): Promise<void>;
};

/** Those who like things, with their names: kept once for all their likes. */
export function createLikerStore(db: Connection): LikerStore {
  const likers = likerModel(db);
  const collection = likers.collection.name;
  const { rename, erase, noteActing } = createNameCopies(db, { collection, noName: '', fresh: { likes_count: 0 } });

  return {
    rename,
    erase,
    async find(ids, tx) {
      const found = likers.find({ _id: { $in: [...new Set(ids)] } }).session(tx?.session ?? null);
      return new Map((await found.lean()).map(toLiker).map((liker) => [liker.id, liker]));
    },
    count: (user, by, tx) => noteActing(user, { likes_count: { $add: ['$likes_count', by] } }, tx),
    async uncount(ids, { session }) {
      await likers.updateMany({ _id: { $in: ids }, erased_at: null }, { $inc: { likes_count: -1 } }, { session });
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
