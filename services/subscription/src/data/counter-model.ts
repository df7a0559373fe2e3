import { Schema, type Connection, type Model, type Types } from 'mongoose';

export type CounterDocument = {
  /** The user's id. */
  _id: Types.ObjectId;
  followers_count: number;
  /** Grows by one with each change of the count. */
  followers_revision: number;
  following_count: number;
  following_revision: number;
  requests_in_count: number;
  requests_out_count: number;
  blocks_count: number;
  blocked_by_count: number;
  /** Set where the account has gone: nothing of theirs may begin any more. */
  erased_at: Date | null;
};

const schema = new Schema<CounterDocument>(
  {
    followers_count: Number,
    followers_revision: Number,
    following_count: Number,
    following_revision: Number,
    requests_in_count: Number,
    requests_out_count: Number,
    blocks_count: Number,
    blocked_by_count: Number,
    erased_at: Date,
  },
  { collection: 'counters', versionKey: false },
);

/** What is counted for each user, of a database. */
export const counterModel = (db: Connection): Model<CounterDocument> => db.model<CounterDocument>('Counter', schema);
