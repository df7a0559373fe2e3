import { createNameCopies, type KnownNames, type Transaction } from '@commons/platform';
import type { Connection } from 'mongoose';

export type PersonStore = KnownNames & {
  /**
   * Notes that somebody did something. It writes to the person's document, so that this, `hold` and `erase` exclude each other.
   * @param user as the event names them; a name that `auth` announced is kept.
   * @returns the name to show, or undefined for one who has been erased.
   */
  noteActing(user: { id: string; username: string }, at: Date, tx: Transaction): Promise<string | undefined>;
  /** Keeps everybody else off somebody until the transaction ends. */
  hold(userId: string, tx: Transaction): Promise<void>;
};

/** Those of whom notifications tell, with their names: kept once for all that they do. */
export function createPersonStore(db: Connection): PersonStore {
  const people = createNameCopies(db, { collection: 'people', noName: null, fresh: { last_acted_at: null } });
  return {
    ...people,
    noteActing: (user, at, tx) => people.noteActing(user, { last_acted_at: at }, tx),
  };
}
