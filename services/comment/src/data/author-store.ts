import { createNameCopies, type KnownNames, type Transaction } from '@commons/platform';
import type { Connection } from 'mongoose';

export type AuthorStore = KnownNames & {
  /**
   * Notes that somebody writes. It writes to the author's document, so that this and `erase` exclude each other.
   * @param user as their token names them; a name that `auth` announced is kept.
   * @returns the name to show, or undefined for one who has been erased.
   */
  noteWriting(user: { id: string; username: string }, at: Date, tx: Transaction): Promise<string | undefined>;
};

/** Those who wrote comments, with their names: kept once for all that they wrote. */
export function createAuthorStore(db: Connection): AuthorStore {
  const authors = createNameCopies(db, { collection: 'authors', noName: null, fresh: { last_comment_at: null } });
  return {
    ...authors,
    noteWriting: (user, at, tx) => authors.noteActing(user, { last_comment_at: at }, tx),
  };
}
