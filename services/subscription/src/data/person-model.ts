import type { Visibility } from '@commons/contracts';
import { Schema, type Connection, type Model, type Types } from 'mongoose';

/** What is copied of a user. */
type Copies = {
  /** Null where none is known yet, or the account has gone. */
  username: string | null;
  nickname: string | null;
  avatar_url: string | null;
  visibility: Visibility;
};

/** Each copy has a revision of its own: an event names what has changed, and leaves out the rest. */
export type PersonDocument = Copies & { [Field in keyof Copies as `${Field}_revision`]: number } & {
  /** The user's id. */
  _id: Types.ObjectId;
  /** Set where the account has gone: nothing of theirs may be kept any more. */
  erased_at: Date | null;
};

const schema = new Schema<PersonDocument>(
  {
    username: String,
    username_revision: Number,
    nickname: String,
    nickname_revision: Number,
    avatar_url: String,
    avatar_url_revision: Number,
    visibility: String,
    visibility_revision: Number,
    erased_at: Date,
  },
  { collection: 'people', versionKey: false },
);

/** Users as they are shown here, of a database. */
export const personModel = (db: Connection): Model<PersonDocument> => db.model<PersonDocument>('Person', schema);
