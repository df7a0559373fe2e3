import type { MessageMedia } from '@commons/contracts';
import { Schema, type Connection, type Model, type Types } from 'mongoose';

export type MessageDocument = {
  _id: Types.ObjectId;
  chat_id: Types.ObjectId;
  seq: number;
  author_id: Types.ObjectId | null;
  content: string;
  media: { photo_id: Types.ObjectId; type: MessageMedia['type'] }[];
  reply_to: Types.ObjectId | null;
  /** Missing where there is none, so that those that are there can be unique. */
  client_id?: string;
  /** The words of the content as search compares them. */
  words: string[];
  created_at: Date;
  edited_at: Date | null;
  deleted: boolean;
  revision: number;
};

const id = Schema.Types.ObjectId;
const media = new Schema({ photo_id: id, type: { type: String } }, { _id: false });

const schema = new Schema<MessageDocument>(
  {
    chat_id: id,
    seq: Number,
    author_id: id,
    content: { type: String, default: '' },
    media: [media],
    reply_to: { type: id, default: null },
    client_id: String,
    words: [String],
    created_at: Date,
    edited_at: { type: Date, default: null },
    deleted: Boolean,
    revision: Number,
  },
  { collection: 'messages', versionKey: false },
);

/** The messages of a database. */
export const messageModel = (db: Connection): Model<MessageDocument> => db.model<MessageDocument>('Message', schema);
