import type { Transaction } from '@commons/platform';
import { Schema, Types, type Connection } from 'mongoose';
import type { Chat } from '../domain/chat.ts';
import type { Reading, ReadMark } from '../domain/read-mark.ts';

type ReadMarkDocument = {
  /** `<chat's id>:<user's id>` */
  _id: string;
  chat_id: Types.ObjectId;
  user_id: Types.ObjectId;
  read_seq: number;
  own_unread: number;
  joined_seq: number;
};

/** A place in a chat: its id and a `seq`. */
export type Place = { chatId: string; seq: number };

/** How far those who take part have read, kept apart from the chat: readers do not hold up writers. */
export type ReadMarkStore = {
  /** Marks of somebody by chat. */
  of(userId: string, chatIds: readonly string[], tx?: Transaction): Promise<Map<string, ReadMark>>;
  /** Who is at some places or beyond. */
  atOrBeyond(places: readonly Place[], tx?: Transaction): Promise<Reading[]>;
  /** Begins marks of those who come to a chat: all that is there is behind them. */
  open(chat: Pick<Chat, 'id' | 'lastSeq'>, userIds: readonly string[], tx: Transaction): Promise<void>;
  /** Counts a message of somebody's own; where they have read all before it, the mark moves past it. */
  countOwn(place: Place, userId: string, tx: Transaction): Promise<void>;
  /** Sets a mark. @returns false where there is none. */
  set(mark: Pick<ReadMark, 'chatId' | 'userId' | 'readSeq' | 'ownUnread'>, tx: Transaction): Promise<boolean>;
  close(chatId: string, userId: string, tx: Transaction): Promise<void>;
  ofChat(chatId: string, tx: Transaction): Promise<ReadMark[]>;
  removeOf(chatId: string, tx: Transaction): Promise<void>;
};

const id = Schema.Types.ObjectId;
const schema = new Schema<ReadMarkDocument>(
  { _id: String, chat_id: id, user_id: id, read_seq: Number, own_unread: Number, joined_seq: Number },
  { collection: 'read_marks', versionKey: false },
);

/** The read marks of a database. */
export function createReadMarkStore(db: Connection): ReadMarkStore {
  const marks = db.model<ReadMarkDocument>('ReadMark', schema);

  return {
    async of(userId, chatIds, tx) {
      const found = marks.find({ _id: { $in: chatIds.map((chatId) => keyOf(chatId, userId)) } });
      const own = (await found.session(tx?.session ?? null).lean()).map(toReadMark);
      return new Map(own.map((mark) => [mark.chatId, mark]));
    },
    async atOrBeyond(places, tx) {
      if (places.length === 0) return [];
      const found = marks.find(
        { $or: places.map(({ chatId, seq }) => ({ chat_id: chatId, read_seq: { $gte: seq } })) },
        COVERED,
      );
      return (await found.session(tx?.session ?? null).lean()).map(toReading);
    },
    async open({ id: chatId, lastSeq }, userIds, { session }) {
      const documents = userIds.map((userId) => ({
        _id: keyOf(chatId, userId),
        chat_id: new Types.ObjectId(chatId),
        user_id: new Types.ObjectId(userId),
        read_seq: lastSeq,
        own_unread: 0,
        joined_seq: lastSeq,
      }));
      await marks.insertMany(documents, { session });
    },
    async countOwn({ chatId, seq }, userId, { session }) {
      const hasReadAll = { $eq: [{ $add: ['$read_seq', '$own_unread'] }, seq - 1] };
      const change = {
        read_seq: { $cond: [hasReadAll, seq, '$read_seq'] },
        own_unread: { $cond: [hasReadAll, 0, { $add: ['$own_unread', 1] }] },
      };
      await marks.updateOne({ _id: keyOf(chatId, userId) }, [{ $set: change }], { session, updatePipeline: true });
    },
    async set({ chatId, userId, readSeq, ownUnread }, { session }) {
      const change = { $set: { read_seq: readSeq, own_unread: ownUnread } };
      return (await marks.updateOne({ _id: keyOf(chatId, userId) }, change, { session })).matchedCount === 1;
    },
    async close(chatId, userId, { session }) {
      await marks.deleteOne({ _id: keyOf(chatId, userId) }, { session });
    },
    ofChat: async (chatId, { session }) =>
      (await marks.find({ chat_id: chatId }).session(session).lean()).map(toReadMark),
    async removeOf(chatId, { session }) {
      await marks.deleteMany({ chat_id: chatId }, { session });
    },
  };
}

const keyOf = (chatId: string, userId: string): string => `${chatId}:${userId}`;

/** The fields of the index: a document is not looked at. */
const COVERED = { _id: 0, chat_id: 1, user_id: 1, read_seq: 1, joined_seq: 1 } as const;

const toReading = ({
  chat_id,
  user_id,
  read_seq,
  joined_seq,
}: Omit<ReadMarkDocument, '_id' | 'own_unread'>): Reading => ({
  chatId: chat_id.toHexString(),
  userId: user_id.toHexString(),
  readSeq: read_seq,
  joinedSeq: joined_seq,
});

const toReadMark = (stored: ReadMarkDocument): ReadMark => ({ ...toReading(stored), ownUnread: stored.own_unread });
