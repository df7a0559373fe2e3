import type { MessagesFrom } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import { personModel, type PersonDocument } from './person-model.ts';

export type Person = { id: string; username: string; messagesFrom: MessagesFrom; isErased: boolean };
export type Name = { userId: string; username: string; revision: number };
export type Settings = { userId: string; messagesFrom: MessagesFrom; revision: number };

export type PersonStore = {
  /** Names by user id; those of erased users are missing. */
  usernames(userIds: readonly string[]): Promise<Map<string, string>>;
  /** Those among some users who are known here. */
  find(userIds: readonly string[]): Promise<Person[]>;
  /**
   * Notes that some are to take part in something. It writes to their documents, so that this and `erase` exclude each other.
   * @param users by the names that came with it; a name that `auth` announced is kept.
   * @returns the ids of those who have not been erased.
   */
  meet(users: readonly { id: string; username: string }[], tx: Transaction): Promise<Set<string>>;
  /** Takes a name over, unless a later one is there. @returns whether anything changed. */
  rename(name: Name, tx?: Transaction): Promise<boolean>;
  /** Takes settings over, unless later ones are there. @returns whether anything changed. */
  noteSettings(settings: Settings, tx?: Transaction): Promise<boolean>;
  /** Forgets a name, for good. */
  erase(userId: string, at: Date, tx: Transaction): Promise<void>;
  /** Ids of all whose names are kept, in order. */
  listIds(options: { after?: string | undefined; limit: number }): Promise<string[]>;
};

const UPSERT = { upsert: true, updatePipeline: true } as const;

/** What a document has from the beginning. */
const FRESH = {
  username: { $ifNull: ['$username', ''] },
  username_revision: { $ifNull: ['$username_revision', -1] },
  messages_from: { $ifNull: ['$messages_from', 'everyone'] },
  settings_revision: { $ifNull: ['$settings_revision', -1] },
  meetings: { $ifNull: ['$meetings', 0] },
  erased_at: { $ifNull: ['$erased_at', null] },
};

/** Those who take part in chats, with their names: kept once for all their chats. */
export function createPersonStore(db: Connection): PersonStore {
  const people = personModel(db);
  const change = async (userId: string, update: object, tx: Transaction | undefined): Promise<boolean> => {
    const options = { ...UPSERT, ...(tx && { session: tx.session }) };
    const stages = [{ $set: FRESH }, { $set: update }];
    const { modifiedCount, upsertedCount } = await people.updateOne({ _id: userId }, stages, options);
    return modifiedCount + upsertedCount > 0;
  };

  return {
    async usernames(userIds) {
      const found = await people.find({ _id: { $in: [...new Set(userIds)] }, erased_at: null }, { username: 1 }).lean();
      return new Map(found.map(({ _id, username }) => [_id.toHexString(), username]));
    },
    find: async (userIds) => (await people.find({ _id: { $in: [...userIds] } }).lean()).map(toPerson),
    async meet(users, { session }) {
      const isAnnounced = { $gt: ['$username_revision', 0] };
      await people.bulkWrite(
        users.map(({ id, username }) => {
          const met = {
            username: { $cond: [isAnnounced, '$username', { $literal: username }] },
            username_revision: { $max: ['$username_revision', 0] },
            meetings: { $add: ['$meetings', 1] },
          };
          const update = [{ $set: FRESH }, { $set: met }];
          return { updateOne: { filter: { _id: new Types.ObjectId(id) }, update, upsert: true } };
        }),
        { session },
      );
      const ids = users.map(({ id }) => id);
      const alive = await people
        .find({ _id: { $in: ids }, erased_at: null }, { _id: 1 })
        .session(session)
        .lean();
      return new Set(alive.map(({ _id }) => _id.toHexString()));
    },
    rename({ userId, username, revision }, tx) {
      const isNotEarlier = { $lte: ['$username_revision', revision] };
      const take = (field: string, value: unknown) => ({ $cond: [isNotEarlier, { $literal: value }, `$${field}`] });
      const name = { username: take('username', username), username_revision: take('username_revision', revision) };
      return change(userId, name, tx);
    },
    noteSettings({ userId, messagesFrom, revision }, tx) {
      const isNotEarlier = { $lte: ['$settings_revision', revision] };
      const take = (field: string, value: unknown) => ({ $cond: [isNotEarlier, { $literal: value }, `$${field}`] });
      const settings = {
        messages_from: take('messages_from', messagesFrom),
        settings_revision: take('settings_revision', revision),
      };
      return change(userId, settings, tx);
    },
    async erase(userId, at, tx) {
      const last = Number.MAX_SAFE_INTEGER;
      const nothing = { username: '', username_revision: last, messages_from: 'nobody', settings_revision: last };
      await change(userId, { ...nothing, erased_at: at }, tx);
    },
    async listIds({ after, limit }) {
      const wanted = { erased_at: null, ...(after !== undefined && { _id: { $gt: new Types.ObjectId(after) } }) };
      const found = await people.find(wanted, { _id: 1 }).sort({ _id: 1 }).limit(limit).lean();
      return found.map(({ _id }) => _id.toHexString());
    },
  };
}

const toPerson = ({ _id, username, messages_from, erased_at }: PersonDocument): Person => ({
  id: _id.toHexString(),
  username,
  messagesFrom: messages_from,
  isErased: erased_at !== null,
});
