import { Schema, type Connection, type Model, type Types } from 'mongoose';

export type AuthorDocument = {
  /** The user's id. */
  _id: Types.ObjectId;
  /** Null once the account has gone. */
  username: string | null;
  /** Order of the names as `auth` gave them; 0 for one that was taken from a token. */
  username_revision: number;
  last_comment_at: Date | null;
  /** Set where the account has gone: nothing of theirs may be added any more. */
  erased_at: Date | null;
};

const schema = new Schema<AuthorDocument>(
  {
    username: String,
    username_revision: Number,
    last_comment_at: Date,
    erased_at: Date,
  },
  { collection: 'authors', versionKey: false },
);

/** Those who wrote comments, of a database. */
export const authorModel = (db: Connection): Model<AuthorDocument> => db.model<AuthorDocument>('Author', schema);
