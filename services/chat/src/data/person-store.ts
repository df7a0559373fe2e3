import type { MessagesFrom } from '@commons/contracts';
import { createNameCopies, nameChanges, unlessLater, type KnownNames, type Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import { personModel, type PersonDocument } from './person-model.ts';

export type Person = { id: string; username: string; messagesFrom: MessagesFrom; isErased: boolean };
export type Settings = { userId: string; messagesFrom: MessagesFrom; revision: number };

export type PersonStore = KnownNames & {
  /** Those among some users who are known here. */
  find(userIds: readonly string[]): Promise<Person[]>;
  /**
   * Notes that some are to take part in something. It writes to their documents, so that this and `erase` exclude each other.
   * @param users by the names that came with it; a name that `auth` announced is kept.
   * @returns the ids of those who have not been erased.
   */
  meet(users: readonly { id: string; username: string }[], tx: Transaction): Promise<Set<string>>;
  /** Takes settings over, unless later ones are there. @returns whether anything changed. */
  noteSettings(settings: Settings, tx?: Transaction): Promise<boolean>;
};

const SHAPE = {
  noName: '',
  fresh: { messages_from: 'everyone', settings_revision: -1, meetings: 0 },
  erased: { messages_from: 'nobody', settings_revision: Number.MAX_SAFE_INTEGER },
};
const MEETING = { meetings: { $add: ['$meetings', 1] } };

/** Those who take part in chats, with their names: kept once for all their chats. */
export function createPersonStore(db: Connection): PersonStore {
  const people = personModel(db);
  const changes = nameChanges(SHAPE);
  const names = createNameCopies(db, { collection: people.collection.name, ...SHAPE });

  return {
    ...names,
    find: async (userIds) => (await people.find({ _id: { $in: [...userIds] } }).lean()).map(toPerson),
    async meet(users, tx) {
      await people.bulkWrite(
        users.map(({ id, username }) => {
          const update = changes.act(username, MEETING);
          return { updateOne: { filter: { _id: new Types.ObjectId(id) }, update, upsert: true } };
        }),
        { session: tx.session },
      );
      const ids = users.map(({ id }) => id);
      const erased = await names.erasedAmong(ids, tx);
      return new Set(ids.filter((id) => !erased.has(id)));
    },
    noteSettings: ({ userId, messagesFrom, revision }, tx) =>
      names.change(userId, unlessLater('settings_revision', revision, { messages_from: messagesFrom }), tx),
  };
}

const toPerson = ({ _id, username, messages_from, erased_at }: PersonDocument): Person => ({
  id: _id.toHexString(),
  username,
  messagesFrom: messages_from,
  isErased: erased_at !== null,
});
