import { Schema, type Connection, type Types } from 'mongoose';

/** A chat as MongoDB keeps it. */
export type ChatDocument = { _id: Types.ObjectId; owner_id: Types.ObjectId; title: string; created_at: Date };

const schema = new Schema<ChatDocument>(
  {
    owner_id: { type: Schema.Types.ObjectId, required: true },
    title: { type: String, required: true },
    created_at: { type: Date, required: true },
  },
  { versionKey: false },
);

export const chatModel = (db: Connection) => db.model<ChatDocument>('Chat', schema, 'chats');
