import { Schema, type Connection, type Types } from 'mongoose';

/** A subscription as MongoDB keeps it. */
export type SubscriptionDocument = { _id: Types.ObjectId; owner_id: Types.ObjectId; title: string; created_at: Date };

const schema = new Schema<SubscriptionDocument>(
  {
    owner_id: { type: Schema.Types.ObjectId, required: true },
    title: { type: String, required: true },
    created_at: { type: Date, required: true },
  },
  { versionKey: false },
);

export const subscriptionModel = (db: Connection) =>
  db.model<SubscriptionDocument>('Subscription', schema, 'subscriptions');
