import { Schema, type Connection, type Model, type Types } from 'mongoose';

export type LikerDocument = {
  _id: Types.ObjectId;
  username: string;
  /** Order of the names as `auth` gave them; 0 for one that was taken from a token. */
  username_revision: number;
  /** How many likes they have given. */
  likes_count: number;
  /** Set where the account has gone: it can give no likes any more. */
  erased_at: Date | null;
};

const schema = new Schema<LikerDocument>(
  { username: String, username_revision: Number, likes_count: Number, erased_at: Date },
  { collection: 'likers', versionKey: false },
);

/** Those who like things, of a database. */
export const likerModel = (db: Connection): Model<LikerDocument> => db.model<LikerDocument>('Liker', schema);
