import type { Transaction } from '@commons/platform';
import type { Connection } from 'mongoose';
import { authorModel, type AuthorDocument } from './author-model.ts';

export type Author = { id: string; username: string; usernameRevision: number; isErased: boolean };
export type Name = { userId: string; username: string; revision: number };

export type AuthorStore = {
  /** Names by id. */
  usernames(ids: readonly string[]): Promise<Map<string, string>>;
  /**
   * Notes that somebody posts. It writes to the author's document, so that this and `erase` exclude each other.
   * @param user as their token names them; a name that `auth` announced is kept.
   */
  notePosting(user: { id: string; username: string }, at: Date, tx: Transaction): Promise<Author>;
  /** Takes over a name unless a later one is there. */
  rename(name: Name, tx: Transaction): Promise<void>;
  erase(id: string, at: Date, tx: Transaction): Promise<void>;
  /** When each of these last posted, latest first; whoever never did is missing. */
  lastPosted(ids: readonly string[]): Promise<{ id: string; at: Date }[]>;
  list(options: { after?: string; limit: number }): Promise<Author[]>;
  /** Puts a name right where it has not changed since it was listed. @returns whether it did. */
  correct(listed: Author, right: Omit<Name, 'userId'>): Promise<boolean>;
};

const UPSERT = { upsert: true, updatePipeline: true } as const;

/** Those who wrote posts, with their names: kept once for all their posts. */
export function createAuthorStore(db: Connection): AuthorStore {
  const authors = authorModel(db);

  return {
    async usernames(ids) {
      const found = await authors.find({ _id: { $in: [...new Set(ids)] } }, { username: 1 }).lean();
      return new Map(found.map(({ _id, username }) => [_id.toHexString(), username]));
    },
    async notePosting({ id, username }, at, { session }) {
      const isAnnounced = { $gt: [{ $ifNull: ['$username_revision', 0] }, 0] };
      const change = {
        username: { $cond: [isAnnounced, '$username', { $literal: username }] },
        username_revision: { $ifNull: ['$username_revision', 0] },
        last_posted_at: { $max: ['$last_posted_at', at] },
        erased_at: { $ifNull: ['$erased_at', null] },
      };
      const options = { ...UPSERT, session, returnDocument: 'after' } as const;
      return toAuthor(
        await authors
          .findOneAndUpdate({ _id: id }, [{ $set: change }], options)
          .lean()
          .orFail(),
      );
    },
    async rename({ userId, username, revision }, { session }) {
      const isLater = { $lt: [{ $ifNull: ['$username_revision', -1] }, revision] };
      const change = {
        username: { $cond: [isLater, { $literal: username }, '$username'] },
        username_revision: { $cond: [isLater, revision, '$username_revision'] },
        last_posted_at: { $ifNull: ['$last_posted_at', null] },
        erased_at: { $ifNull: ['$erased_at', null] },
      };
      await authors.updateOne({ _id: userId }, [{ $set: change }], { ...UPSERT, session });
    },
    async erase(id, at, { session }) {
      const nothing = { username: '', username_revision: Number.MAX_SAFE_INTEGER, last_posted_at: null, erased_at: at };
      await authors.updateOne({ _id: id }, { $set: nothing }, { upsert: true, session });
    },
    async lastPosted(ids) {
      const found = await authors
        .find({ _id: { $in: ids }, last_posted_at: { $ne: null } }, { last_posted_at: 1 })
        .lean();
      return found
        .flatMap(({ _id, last_posted_at: at }) => (at === null ? [] : [{ id: _id.toHexString(), at }]))
        .toSorted((a, b) => b.at.getTime() - a.at.getTime());
    },
    async list({ after, limit }) {
      const later = after === undefined ? {} : { _id: { $gt: after } };
      return (await authors.find(later).sort({ _id: 1 }).limit(limit).lean()).map(toAuthor);
    },
    async correct({ id, usernameRevision }, { username, revision }) {
      const change = { $set: { username, username_revision: revision } };
      const listed = { _id: id, username_revision: usernameRevision, erased_at: null };
      return (await authors.updateOne(listed, change)).modifiedCount === 1;
    },
  };
}

const toAuthor = ({ _id, username, username_revision, erased_at }: AuthorDocument): Author => ({
  id: _id.toHexString(),
  username,
  usernameRevision: username_revision,
  isErased: erased_at !== null,
});
