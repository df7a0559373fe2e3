import { Schema, type Connection, type Model, type Types } from 'mongoose';

export type PersonDocument = {
  /** The user's id. */
  _id: Types.ObjectId;
  /** Null once the account has gone. */
  username: string | null;
  /** Order of the names as `auth` gave them; 0 for one that came with something they did. */
  username_revision: number;
  last_acted_at: Date | null;
  /** Grows whenever something is told of them: whoever writes here keeps those off who note that they go, or are blocked. */
  holds_count: number;
  /** Set where the account has gone: nothing of theirs may be kept any more. */
  erased_at: Date | null;
};

const schema = new Schema<PersonDocument>(
  {
    username: String,
    username_revision: Number,
    last_acted_at: Date,
    holds_count: Number,
    erased_at: Date,
  },
  { collection: 'people', versionKey: false },
);

/** Those of whom notifications tell, of a database. */
export const personModel = (db: Connection): Model<PersonDocument> => db.model<PersonDocument>('Person', schema);
