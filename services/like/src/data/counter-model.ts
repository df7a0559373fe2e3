import type { LikeTarget } from '@commons/contracts';
import { Schema, type Connection, type Model, type Types } from 'mongoose';

export type CounterDocument = {
  /** Type and id of the target. */
  _id: string;
  target_type: LikeTarget;
  target_id: Types.ObjectId;
  likes_count: number;
  /** Grows by one with each change of the count. */
  revision: number;
  /** What was last said of the target; null where nothing was. */
  post_id: Types.ObjectId;
  target_author_id: Types.ObjectId | null;
  title: string;
  /** Set where the target has gone: nobody can like it any more. */
  gone_at: Date | null;
};

const schema = new Schema<CounterDocument>(
  {
    _id: String,
    target_type: String,
    target_id: Schema.Types.ObjectId,
    likes_count: Number,
    revision: Number,
    post_id: Schema.Types.ObjectId,
    target_author_id: Schema.Types.ObjectId,
    title: String,
    gone_at: Date,
  },
  { collection: 'like_counters', versionKey: false },
);

/** How often each target is liked, of a database. */
export const counterModel = (db: Connection): Model<CounterDocument> =>
  db.model<CounterDocument>('LikeCounter', schema);
