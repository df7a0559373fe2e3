import { Schema, type Connection, type Model, type Types } from 'mongoose';

export type PersonDocument = {
  /** The user's id. */
  _id: Types.ObjectId;
  /** Null once the account has gone. */
  username: string | null;
  /** Order of the names as `auth` gave them; 0 for one that was taken from a token. */
  username_revision: number;
  last_acted_at: Date | null;
  /** Set where the account has gone: nothing of theirs may be added any more. */
  erased_at: Date | null;
};

const schema = new Schema<PersonDocument>(
  {
    username: String,
    username_revision: Number,
    last_acted_at: Date,
    erased_at: Date,
  },
  { collection: 'people', versionKey: false },
);

/** Owners, applicants and members, of a database. */
export const personModel = (db: Connection): Model<PersonDocument> => db.model<PersonDocument>('Person', schema);
