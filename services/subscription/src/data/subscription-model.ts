import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { SubscriptionStatus } from '../domain/subscription.ts';

export type SubscriptionDocument = {
  _id: Types.ObjectId;
  follower_id: Types.ObjectId;
  following_id: Types.ObjectId;
  status: SubscriptionStatus;
  /** Grows by one with each change; the document stays over an end, so that it goes on. */
  revision: number;
  /** When it was last asked for. */
  created_at: Date;
};

const schema = new Schema<SubscriptionDocument>(
  {
    follower_id: Schema.Types.ObjectId,
    following_id: Schema.Types.ObjectId,
    status: String,
    revision: Number,
    created_at: Date,
  },
  { collection: 'subscriptions', versionKey: false },
);

/** Who follows whom, of a database: one document for each pair. */
export const subscriptionModel = (db: Connection): Model<SubscriptionDocument> =>
  db.model<SubscriptionDocument>('Subscription', schema);
