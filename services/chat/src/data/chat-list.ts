import { Types, type Connection } from 'mongoose';
import type { Chat } from '../domain/chat.ts';
import { chatModel, type ChatDocument } from './chat-model.ts';
import { toChat } from './to-chat.ts';

/** Whose chats, and with whom direct ones are left out. */
export type Selection = { userId: string; hiddenIds: readonly string[] };
/** Where a reader has got to: when the last chat changed, and its id. */
export type Position = { updatedAt: Date; id: string };

export type ChatList = {
  /** Latest first. */
  list(wanted: Selection, options: { limit: number; skip?: number; after?: Position | undefined }): Promise<Chat[]>;
  count(wanted: Selection): Promise<number>;
  /** Others in somebody's chats, each once, those of the latest chats first. */
  contacts(wanted: Selection, limit: number): Promise<string[]>;
};

/** Chats beyond this many, counted from the latest, are not looked through for contacts. */
const CONTACT_CHATS = 1_000;

/** Chats as those who take part see them, along the index of their order. */
export function createChatList(db: Connection): ChatList {
  const chats = chatModel(db);
  const latestFirst = (filter: object) => chats.find(filter).sort({ updated_at: -1, _id: -1 }).hint(ORDER);

  return {
    async list(wanted, { limit, skip = 0, after }) {
      const filter = { ...filterOf(wanted), ...(after && isAfter(after)) };
      return (await latestFirst(filter).skip(skip).limit(limit).lean()).map(toChat);
    },
    count: (wanted) => chats.countDocuments(filterOf(wanted), { hint: ORDER }),
    async contacts(wanted, limit) {
      const found = new Set<string>();
      const hidden = new Set([...wanted.hiddenIds, wanted.userId]);
      const own = latestFirst(filterOf(wanted)).select({ 'participants.user_id': 1 }).limit(CONTACT_CHATS);
      for await (const { participants } of own.lean<Pick<ChatDocument, 'participants'>[]>().cursor()) {
        const ids = participants.map(({ user_id }) => user_id.toHexString());
        for (const id of ids) if (!hidden.has(id) && found.size < limit) found.add(id);
        if (found.size === limit) break;
      }
      return [...found];
    },
  };
}

const ORDER = { 'participants.user_id': 1, updated_at: -1, _id: -1 } as const;

/** Whoever is hidden is one of the two of a direct chat, as the reader is the other. */
function filterOf({ userId, hiddenIds }: Selection) {
  const hidden = { $in: hiddenIds.map((id) => new Types.ObjectId(id)) };
  return {
    'participants.user_id': new Types.ObjectId(userId),
    ...(hiddenIds.length > 0 && { $nor: [{ 'pair.low': hidden }, { 'pair.high': hidden }] }),
  };
}

const isAfter = ({ updatedAt, id }: Position) => ({
  updated_at: { $lte: updatedAt },
  $or: [{ updated_at: { $lt: updatedAt } }, { updated_at: updatedAt, _id: { $lt: new Types.ObjectId(id) } }],
});
