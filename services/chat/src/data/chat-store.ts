import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import { chatModel, type ChatDocument } from './chat-model.ts';

/** A chat as everything outside the store sees it. */
export type Chat = { id: string; ownerId: string; title: string; createdAt: Date };

export type ChatStore = ReturnType<typeof createChatStore>;

/** The only file that touches the collection. Writes belong to a transaction. */
export function createChatStore(db: Connection) {
  const model = chatModel(db);
  return {
    async find(id: string): Promise<Chat | undefined> {
      const found = await model.findById(id).lean();
      return found ? toChat(found) : undefined;
    },

    async insert({ ownerId, title, createdAt }: Omit<Chat, 'id'>, { session }: Transaction): Promise<Chat> {
      const document: ChatDocument = {
        _id: new Types.ObjectId(),
        owner_id: new Types.ObjectId(ownerId),
        title,
        created_at: createdAt,
      };
      await model.insertMany([document], { session });
      return toChat(document);
    },

    async removeOfOwner(ownerId: string, { session }: Transaction): Promise<void> {
      await model.deleteMany({ owner_id: ownerId }, { session });
    },
  };
}

function toChat({ _id, owner_id, title, created_at }: ChatDocument): Chat {
  return { id: _id.toHexString(), ownerId: owner_id.toHexString(), title, createdAt: created_at };
}
