import { createNameCopies, type KnownNames, type Transaction } from '@commons/platform';
import type { Connection } from 'mongoose';
import { authorModel, type AuthorDocument } from './author-model.ts';

export type Author = { id: string; username: string; usernameRevision: number };

export type AuthorStore = KnownNames & {
  /**
   * Notes that somebody posts. It writes to the author's document, so that this and `erase` exclude each other.
   * @param user as their token names them; a name that `auth` announced is kept.
   * @returns the name to show, or undefined for one who has been erased.
   */
  notePosting(user: { id: string; username: string }, at: Date, tx: Transaction): Promise<string | undefined>;
  /** When each of these last posted, latest first; whoever never did is missing. */
  lastPosted(ids: readonly string[]): Promise<{ id: string; at: Date }[]>;
  list(options: { after?: string; limit: number }): Promise<Author[]>;
  /** Puts a name right where it has not changed since it was listed. @returns whether it did. */
  correct(listed: Author, right: { username: string; revision: number }): Promise<boolean>;
};

/** Those who wrote posts, with their names: kept once for all their posts. */
export function createAuthorStore(db: Connection): AuthorStore {
  const authors = authorModel(db);
  const collection = authors.collection.name;
  const names = createNameCopies(db, { collection, noName: '', fresh: { last_posted_at: null } });

  return {
    ...names,
    notePosting: (user, at, tx) => names.noteActing(user, { last_posted_at: { $max: ['$last_posted_at', at] } }, tx),
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

const toAuthor = ({ _id, username, username_revision }: AuthorDocument): Author => ({
  id: _id.toHexString(),
  username,
  usernameRevision: username_revision,
});
