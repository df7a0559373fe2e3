import { wordsOf, type Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import type { Message } from '../domain/message.ts';
import { messageModel } from './message-model.ts';
import { toMessage, WITHOUT_WORDS } from './to-message.ts';

export type NewMessage = Pick<Message, 'chatId' | 'seq' | 'content' | 'media' | 'replyToId' | 'clientId'> & {
  authorId: string;
  at: Date;
};

/** Messages, one by one. */
export type MessageStore = {
  find(chatId: string, id: string, tx?: Transaction): Promise<Message | undefined>;
  /** The one that its author called so. */
  findByClientId(chatId: string, authorId: string, clientId: string, tx?: Transaction): Promise<Message | undefined>;
  create(message: NewMessage, tx: Transaction): Promise<Message>;
  edit(id: string, change: { content: string; at: Date }, tx: Transaction): Promise<Message>;
  /** Leaves a tombstone. */
  bury(id: string, tx: Transaction): Promise<Message>;
  /** Leaves a tombstone that nobody wrote. */
  anonymise(id: string, tx: Transaction): Promise<Message>;
  /** Some messages of an author, in no order. */
  someOf(authorId: string, limit: number, tx: Transaction): Promise<Message[]>;
  /** How many messages of an author a chat has after one. */
  countOwn(chatId: string, authorId: string, afterSeq: number, tx: Transaction): Promise<number>;
  /** The `seq` of the latest; 0 where there is none. */
  lastSeq(chatId: string, tx: Transaction): Promise<number>;
  /** @returns how many were removed: fewer than `limit` where these were the last. */
  removeSomeOf(chatId: string, limit: number, tx: Transaction): Promise<number>;
};

const NOTHING = { content: '', media: [], words: [], deleted: true } as const;

/** The messages of a database. */
export function createMessageStore(db: Connection): MessageStore {
  const messages = messageModel(db);
  const read = async (filter: object, tx?: Transaction): Promise<Message | undefined> => {
    const stored = await messages
      .findOne(filter, WITHOUT_WORDS)
      .session(tx?.session ?? null)
      .lean();
    return stored ? toMessage(stored) : undefined;
  };
  const change = async (id: string, update: object, { session }: Transaction): Promise<Message> => {
    const revised = { ...update, $inc: { revision: 1 } };
    const options = { session, returnDocument: 'after', projection: WITHOUT_WORDS } as const;
    return toMessage(await messages.findByIdAndUpdate(id, revised, options).lean().orFail());
  };

  return {
    find: (chatId, id, tx) => read({ _id: id, chat_id: chatId }, tx),
    findByClientId: (chatId, authorId, clientId, tx) =>
      read({ chat_id: chatId, author_id: authorId, client_id: clientId }, tx),
    async create({ chatId, seq, authorId, content, media, replyToId, clientId, at }, { session }) {
      const document = {
        _id: new Types.ObjectId(),
        chat_id: new Types.ObjectId(chatId),
        seq,
        author_id: new Types.ObjectId(authorId),
        content,
        media: media.map(({ photo_id, type }) => ({ photo_id: new Types.ObjectId(photo_id), type })),
        reply_to: replyToId === null ? null : new Types.ObjectId(replyToId),
        ...(clientId !== null && { client_id: clientId }),
        words: wordsOf(content),
        created_at: at,
        edited_at: null,
        deleted: false,
        revision: 0,
      };
      await messages.insertMany([document], { session });
      return toMessage(document);
    },
    edit: (id, { content, at }, tx) => change(id, { $set: { content, words: wordsOf(content), edited_at: at } }, tx),
    bury: (id, tx) => change(id, { $set: NOTHING }, tx),
    anonymise: (id, tx) => change(id, { $set: { ...NOTHING, author_id: null }, $unset: { client_id: 1 } }, tx),
    async someOf(authorId, limit, { session }) {
      const found = messages.find({ author_id: authorId }, WITHOUT_WORDS).limit(limit);
      return (await found.session(session).lean()).map(toMessage);
    },
    countOwn: (chatId, authorId, afterSeq, { session }) =>
      messages.countDocuments({ author_id: authorId, chat_id: chatId, seq: { $gt: afterSeq } }, { session }),
    async lastSeq(chatId, { session }) {
      const latest = messages.findOne({ chat_id: chatId }, { seq: 1 }).sort({ seq: -1 });
      return (await latest.session(session).lean())?.seq ?? 0;
    },
    async removeSomeOf(chatId, limit, { session }) {
      const found = await messages.find({ chat_id: chatId }, { _id: 1 }).session(session).limit(limit).lean();
      if (found.length > 0) await messages.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } }, { session });
      return found.length;
    },
  };
}
