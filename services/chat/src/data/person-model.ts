import type { MessagesFrom } from '@commons/contracts';
import { Schema, type Connection, type Model, type Types } from 'mongoose';

export type PersonDocument = {
  /** The user's id. */
  _id: Types.ObjectId;
  /** Empty where it is not known, or no longer. */
  username: string;
  /** Order of the names as `auth` gave them; 0 for one that came with something they did, -1 for none. */
  username_revision: number;
  messages_from: MessagesFrom;
  /** Order of the settings as `profile` gave them; -1 for none. */
  settings_revision: number;
  /** Grows whenever they come to a chat. */
  meetings: number;
  /** Set where the account has gone: they come to no chat any more. */
  erased_at: Date | null;
};

const schema = new Schema<PersonDocument>(
  {
    username: { type: String, default: '' },
    username_revision: Number,
    messages_from: String,
    settings_revision: Number,
    meetings: Number,
    erased_at: { type: Date, default: null },
  },
  { collection: 'people', versionKey: false },
);

/** Those who take part in chats, of a database. */
export const personModel = (db: Connection): Model<PersonDocument> => db.model<PersonDocument>('Person', schema);
