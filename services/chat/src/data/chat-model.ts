import type { ChatType, ParticipantRole } from '@commons/contracts';
import { Schema, type Connection, type Model, type Types } from 'mongoose';

export type ParticipantEntry = { user_id: Types.ObjectId; role: ParticipantRole; joined_at: Date };

export type ChatDocument = {
  _id: Types.ObjectId;
  type: ChatType;
  title: string | null;
  /** Missing where there is none, so that those that are there can be unique. */
  project_id?: Types.ObjectId;
  /** The two of a direct chat, the smaller id first. */
  pair?: { low: Types.ObjectId; high: Types.ObjectId };
  participants: ParticipantEntry[];
  away: ParticipantEntry[];
  participants_revision: number;
  last_seq: number;
  created_at: Date;
  /** The latest message, or change of title or participants: lists stand in this order. */
  updated_at: Date;
};

const id = Schema.Types.ObjectId;
const participant = new Schema<ParticipantEntry>({ user_id: id, role: String, joined_at: Date }, { _id: false });
const pair = new Schema({ low: id, high: id }, { _id: false });

const schema = new Schema<ChatDocument>(
  {
    type: String,
    title: { type: String, default: null },
    project_id: id,
    pair,
    participants: [participant],
    away: [participant],
    participants_revision: Number,
    last_seq: Number,
    created_at: Date,
    updated_at: Date,
  },
  { collection: 'chats', versionKey: false },
);

/** The chats of a database, each with those who take part in it. */
export const chatModel = (db: Connection): Model<ChatDocument> => db.model<ChatDocument>('Chat', schema);
