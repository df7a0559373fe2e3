import { Types, type Connection } from 'mongoose';
import type { Transaction } from '../mongo/transaction.ts';
import { nameChanges, type Fields, type NameShape, type Stages } from './name-changes.ts';
import type { NameStore } from './rebuild-names.ts';

/** Names of users as a service knows them from events, kept once for all that they do. The originals are `auth`'s. */
export type KnownNames = Pick<NameStore, 'listIds'> & {
  /** Names by user id; those of erased users are missing. */
  usernames(userIds: readonly string[]): Promise<Map<string, string>>;
  /** Those among some users who have been erased. */
  erasedAmong(userIds: readonly string[], tx?: Transaction): Promise<Set<string>>;
  /** Takes a name over, unless a later one is there. @returns whether anything changed. */
  rename(name: { userId: string; username: string; revision: number }, tx?: Transaction): Promise<boolean>;
  /** Forgets a name, for good. */
  erase(userId: string, at: Date, tx: Transaction): Promise<void>;
};

/** Known names, and what the store of a service is made with. */
export type NameCopies = KnownNames & {
  /**
   * Notes that somebody does something. It writes to their document, so that this and `erase` exclude each other.
   * @param user as their token or an event names them; a name that `auth` announced is kept.
   * @param change of the service's own fields.
   * @returns the name to show, or undefined for one who has been erased.
   */
  noteActing(user: { id: string; username: string }, change: Fields, tx: Transaction): Promise<string | undefined>;
  /** Keeps whoever else acts, holds or erases off somebody until the transaction ends. */
  hold(userId: string, tx: Transaction): Promise<void>;
  /** Changes the service's own fields of somebody. @returns whether anything changed. */
  change(userId: string, change: Fields, tx?: Transaction): Promise<boolean>;
};

type NameDocument = {
  /** The user's id. */
  _id: Types.ObjectId;
  username: string | null;
  /** Order of the names as `auth` gave them; 0 for one that came with something they did, -1 for none. */
  username_revision: number;
  /** Set where the account has gone: nothing of theirs may be added any more. */
  erased_at: Date | null;
};

/**
 * Copies kept in a collection of a service's own database, which the service's migration makes.
 * @param shape what the service keeps in the same documents.
 */
export function createNameCopies(
  db: Connection,
  { collection, ...shape }: NameShape & { collection: string },
): NameCopies {
  const people = db.collection<NameDocument>(collection);
  const changes = nameChanges(shape);
  const update = async (userId: string, stages: Stages, tx: Transaction | undefined): Promise<boolean> => {
    const options = { upsert: true, ...(tx && { session: tx.session }) };
    const { modifiedCount, upsertedCount } = await people.updateOne(
      { _id: new Types.ObjectId(userId) },
      stages,
      options,
    );
    return modifiedCount + upsertedCount > 0;
  };

  return {
    async usernames(userIds) {
      if (userIds.length === 0) return new Map();
      const kept = { _id: { $in: toObjectIds(userIds) }, erased_at: null };
      const found = await people.find(kept, { projection: { username: 1 } }).toArray();
      return new Map(found.flatMap(({ _id, username }) => (username === null ? [] : [[_id.toHexString(), username]])));
    },
    async noteActing({ id, username }, change, { session }) {
      const options = { upsert: true, session, returnDocument: 'after' } as const;
      const stages = changes.act(username, change);
      const person = await people.findOneAndUpdate({ _id: new Types.ObjectId(id) }, stages, options);
      return person?.erased_at === null ? (person.username ?? undefined) : undefined;
    },
    async hold(userId, tx) {
      await update(userId, changes.hold(), tx);
    },
    change: (userId, change, tx) => update(userId, changes.own(change), tx),
    async erasedAmong(userIds, tx) {
      const options = { projection: { _id: 1 }, ...(tx && { session: tx.session }) };
      const erased = people.find({ _id: { $in: toObjectIds(userIds) }, erased_at: { $ne: null } }, options);
      return new Set((await erased.toArray()).map(({ _id }) => _id.toHexString()));
    },
    rename: ({ userId, username, revision }, tx) => update(userId, changes.rename(username, revision), tx),
    async erase(userId, at, tx) {
      await update(userId, changes.erase(at), tx);
    },
    async listIds({ after, limit }) {
      const wanted = { erased_at: null, ...(after !== undefined && { _id: { $gt: new Types.ObjectId(after) } }) };
      const found = await people
        .find(wanted, { projection: { _id: 1 } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id }) => _id.toHexString());
    },
  };
}

const toObjectIds = (ids: readonly string[]): Types.ObjectId[] => [...new Set(ids)].map((id) => new Types.ObjectId(id));
