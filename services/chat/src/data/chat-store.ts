import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import type { Chat, Pair, Participant } from '../domain/chat.ts';
import { chatModel, type ParticipantEntry } from './chat-model.ts';
import { toChat } from './to-chat.ts';

export type NewChat = Pick<Chat, 'type' | 'title' | 'projectId' | 'pair' | 'participants'> & { at: Date };
export type Membership = Pick<Chat, 'participants'> & Partial<Pick<Chat, 'away'>> & { at: Date };

/** Chats, one by one. Whoever changes one holds it until the transaction ends. */
export type ChatStore = {
  find(id: string, tx?: Transaction): Promise<Chat | undefined>;
  findByPair(pair: Pair, tx?: Transaction): Promise<Chat | undefined>;
  findByProject(projectId: string, tx: Transaction): Promise<Chat | undefined>;
  create(chat: NewChat, tx: Transaction): Promise<Chat>;
  /** Makes room for one more message. @returns the chat with its `seq` as the last one; undefined where it has gone. */
  addMessage(id: string, at: Date, tx: Transaction): Promise<Chat | undefined>;
  /** Sets who takes part. */
  setParticipants(id: string, membership: Membership, tx: Transaction): Promise<Chat>;
  rename(id: string, title: string, at: Date, tx: Transaction): Promise<Chat | undefined>;
  remove(id: string, tx: Transaction): Promise<void>;
  /** Some chats in which somebody takes part, or has put away, or is named as one of the two. */
  someOf(userId: string, limit: number, tx: Transaction): Promise<Chat[]>;
  /** Takes the names of the two off a direct chat, one of whom has no account any more. */
  dissolvePair(id: string, tx: Transaction): Promise<void>;
  /** Ids of all chats, in order. */
  listIds(options: { after?: string | undefined; limit: number }): Promise<string[]>;
  setLastSeq(id: string, seq: number, tx: Transaction): Promise<void>;
};

/** The chats of a database. */
export function createChatStore(db: Connection): ChatStore {
  const chats = chatModel(db);
  const read = async (filter: object, tx?: Transaction): Promise<Chat | undefined> => {
    const stored = await chats
      .findOne(filter)
      .session(tx?.session ?? null)
      .lean();
    return stored ? toChat(stored) : undefined;
  };
  const change = async (id: string, update: object, { session }: Transaction): Promise<Chat | undefined> => {
    const stored = await chats.findByIdAndUpdate(id, update, { session, returnDocument: 'after' }).lean();
    return stored ? toChat(stored) : undefined;
  };

  return {
    find: (id, tx) => read({ _id: id }, tx),
    findByPair: (pair, tx) => read(pairFilter(pair), tx),
    findByProject: (projectId, tx) => read({ project_id: projectId }, tx),
    async create({ type, title, projectId, pair, participants, at }, { session }) {
      const document = {
        _id: new Types.ObjectId(),
        type,
        title,
        ...(projectId !== null && { project_id: new Types.ObjectId(projectId) }),
        ...(pair && { pair: { low: new Types.ObjectId(pair.lowId), high: new Types.ObjectId(pair.highId) } }),
        participants: participants.map(toEntry),
        away: [],
        participants_revision: 1,
        last_seq: 0,
        created_at: at,
        updated_at: at,
      };
      await chats.insertMany([document], { session });
      return toChat(document);
    },
    addMessage: (id, at, tx) => change(id, { $inc: { last_seq: 1 }, $max: { updated_at: at } }, tx),
    async setParticipants(id, { participants, away, at }, tx) {
      const entries = { participants: participants.map(toEntry), ...(away && { away: away.map(toEntry) }) };
      const update = { $set: entries, $max: { updated_at: at }, $inc: { participants_revision: 1 } };
      const chat = await change(id, update, tx);
      if (!chat) throw new Error('a chat in hand cannot have gone');
      return chat;
    },
    rename: (id, title, at, tx) => change(id, { $set: { title }, $max: { updated_at: at } }, tx),
    async remove(id, { session }) {
      await chats.deleteOne({ _id: id }, { session });
    },
    async someOf(userId, limit, { session }) {
      const places = ['participants.user_id', 'away.user_id', 'pair.low', 'pair.high'];
      const found = chats.find({ $or: places.map((place) => ({ [place]: userId })) }).limit(limit);
      return (await found.session(session).lean()).map(toChat);
    },
    async dissolvePair(id, tx) {
      await change(id, { $unset: { pair: 1 } }, tx);
    },
    async listIds({ after, limit }) {
      const later = after === undefined ? {} : { _id: { $gt: after } };
      const found = await chats.find(later, { _id: 1 }).sort({ _id: 1 }).limit(limit).lean();
      return found.map(({ _id }) => _id.toHexString());
    },
    async setLastSeq(id, seq, tx) {
      await change(id, { $set: { last_seq: seq } }, tx);
    },
  };
}

const pairFilter = ({ lowId, highId }: Pair) => ({ 'pair.low': lowId, 'pair.high': highId });

const toEntry = ({ userId, role, joinedAt }: Participant): ParticipantEntry => ({
  user_id: new Types.ObjectId(userId),
  role,
  joined_at: joinedAt,
});
