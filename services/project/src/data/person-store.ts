import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import { personModel } from './person-model.ts';

export type Name = { userId: string; username: string; revision: number };

export type PersonStore = {
  /** Names by user id; those of erased users are missing. */
  usernames(userIds: readonly string[]): Promise<Map<string, string>>;
  /**
   * Notes that somebody starts a project or applies. It writes to the person's document, so that this and `erase` exclude
   * each other.
   * @param user as their token names them; a name that `auth` announced is kept.
   * @returns the name to show, or undefined for one who has been erased.
   */
  noteActing(user: { id: string; username: string }, at: Date, tx: Transaction): Promise<string | undefined>;
  /** Takes a name over, unless a later one is there. @returns whether anything changed. */
  rename(name: Name, tx?: Transaction): Promise<boolean>;
  /** Forgets a name, for good. */
  erase(userId: string, at: Date, tx: Transaction): Promise<void>;
  /** Ids of all whose names are kept, in order. */
  listIds(options: { after?: string | undefined; limit: number }): Promise<string[]>;
};

const UPSERT = { upsert: true, updatePipeline: true } as const;

/** Owners, applicants and members, with their names: kept once for all that they do. */
export function createPersonStore(db: Connection): PersonStore {
  const people = personModel(db);

  return {
    async usernames(userIds) {
      if (userIds.length === 0) return new Map();
      const found = await people.find({ _id: { $in: [...new Set(userIds)] } }, { username: 1 }).lean();
      return new Map(found.flatMap(({ _id, username }) => (username === null ? [] : [[_id.toHexString(), username]])));
    },
    async noteActing({ id, username }, at, { session }) {
      const isAnnounced = { $gt: [{ $ifNull: ['$username_revision', 0] }, 0] };
      const change = {
        username: { $cond: [isAnnounced, '$username', { $literal: username }] },
        username_revision: { $ifNull: ['$username_revision', 0] },
        last_acted_at: at,
        erased_at: { $ifNull: ['$erased_at', null] },
      };
      const options = { ...UPSERT, session, returnDocument: 'after' } as const;
      const person = await people
        .findOneAndUpdate({ _id: id }, [{ $set: change }], options)
        .lean()
        .orFail();
      return person.erased_at === null ? (person.username ?? undefined) : undefined;
    },
    async rename({ userId, username, revision }, tx) {
      const isNotLater = { $lte: [{ $ifNull: ['$username_revision', -1] }, revision] };
      const change = {
        username: { $cond: [isNotLater, { $literal: username }, '$username'] },
        username_revision: { $cond: [isNotLater, revision, '$username_revision'] },
        last_acted_at: { $ifNull: ['$last_acted_at', null] },
        erased_at: { $ifNull: ['$erased_at', null] },
      };
      const options = { ...UPSERT, ...(tx && { session: tx.session }) };
      return (await people.updateOne({ _id: userId }, [{ $set: change }], options)).modifiedCount === 1;
    },
    async erase(userId, at, { session }) {
      const nothing = { username: null, username_revision: Number.MAX_SAFE_INTEGER, last_acted_at: null };
      await people.updateOne({ _id: userId }, { $set: { ...nothing, erased_at: at } }, { upsert: true, session });
    },
    async listIds({ after, limit }) {
      const wanted = { erased_at: null, ...(after !== undefined && { _id: { $gt: new Types.ObjectId(after) } }) };
      const found = await people.find(wanted, { _id: 1 }).sort({ _id: 1 }).limit(limit).lean();
      return found.map(({ _id }) => _id.toHexString());
    },
  };
}
