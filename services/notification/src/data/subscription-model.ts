import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { Standing } from '../domain/subscription.ts';

export type ToldDocument = { id: Types.ObjectId; at: Date };

export type SubscriptionDocument = {
  /** `<follower's id>:<followed one's id>` */
  _id: string;
  follower_id: Types.ObjectId;
  followed_id: Types.ObjectId;
  standing: Standing;
  revision: number;
  /** The latest notification of each standing; missing where nobody was told of any. */
  told?: Partial<Record<Standing, ToldDocument>>;
  /** Set where nothing is left of it: it is known for some time yet, so that an event of old does not bring it back. */
  ended_at: Date | null;
};

const told = new Schema({ id: Schema.Types.ObjectId, at: Date }, { _id: false });

const schema = new Schema<SubscriptionDocument>(
  {
    _id: String,
    follower_id: Schema.Types.ObjectId,
    followed_id: Schema.Types.ObjectId,
    standing: String,
    revision: Number,
    told: { asking: told, following: told, admitted: told },
    ended_at: Date,
  },
  { collection: 'subscriptions', versionKey: false },
);

/** What a database knows of who follows whom. */
export const subscriptionModel = (db: Connection): Model<SubscriptionDocument> =>
  db.model<SubscriptionDocument>('Subscription', schema);
