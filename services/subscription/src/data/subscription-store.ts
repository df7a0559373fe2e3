import type { Transaction } from '@commons/platform';
import type { Connection } from 'mongoose';
import type { Pair, Subscription, SubscriptionStatus } from '../domain/subscription.ts';
import { afterPair } from './after-pair.ts';
import { subscriptionModel } from './subscription-model.ts';
import { toSubscription } from './to-subscription.ts';

export type SubscriptionStore = {
  find(id: string, tx?: Transaction): Promise<Subscription | undefined>;
  findBetween(pair: Pair, tx?: Transaction): Promise<Subscription | undefined>;
  /** Begins one, for the first time or anew. */
  begin(pair: Pair, status: SubscriptionStatus, at: Date, tx: Transaction): Promise<Subscription>;
  change(id: string, status: SubscriptionStatus, tx: Transaction): Promise<Subscription>;
  removeAll(ids: readonly string[], tx: Transaction): Promise<void>;
  /** Some of those of a user in either direction, whatever their status. */
  someOf(userId: string, limit: number, tx?: Transaction): Promise<Subscription[]>;
  /** How many a user has, of a status, as the one who follows or who is followed. */
  count(of: Partial<Pair> & { status: SubscriptionStatus }, tx: Transaction): Promise<number>;
  /** Every pair that is known, in the order of followers and then of those they follow. */
  listPairs(options: { after?: Pair | undefined; limit: number }): Promise<Subscription[]>;
};

/** Subscriptions, one by one. */
export function createSubscriptionStore(db: Connection): SubscriptionStore {
  const subscriptions = subscriptionModel(db);

  return {
    async find(id, tx) {
      const stored = await subscriptions
        .findById(id)
        .session(tx?.session ?? null)
        .lean();
      return stored ? toSubscription(stored) : undefined;
    },
    async findBetween(pair, tx) {
      const stored = await subscriptions
        .findOne(filterOf(pair))
        .session(tx?.session ?? null)
        .lean();
      return stored ? toSubscription(stored) : undefined;
    },
    async begin(pair, status, at, { session }) {
      const change = { $set: { status, created_at: at }, $inc: { revision: 1 } };
      const options = { upsert: true, returnDocument: 'after', session } as const;
      return toSubscription(await subscriptions.findOneAndUpdate(filterOf(pair), change, options).lean().orFail());
    },
    async change(id, status, { session }) {
      const change = { $set: { status }, $inc: { revision: 1 } };
      const options = { returnDocument: 'after', session } as const;
      return toSubscription(await subscriptions.findByIdAndUpdate(id, change, options).lean().orFail());
    },
    async removeAll(ids, { session }) {
      await subscriptions.deleteMany({ _id: { $in: ids } }, { session });
    },
    async someOf(userId, limit, tx) {
      const some = async (filter: object, most: number): Promise<Subscription[]> =>
        (
          await subscriptions
            .find(filter)
            .session(tx?.session ?? null)
            .limit(most)
            .lean()
        ).map(toSubscription);
      const out = await some({ follower_id: userId }, limit);
      return out.length === limit ? out : [...out, ...(await some({ following_id: userId }, limit - out.length))];
    },
    count: ({ status, ...pair }, { session }) =>
      subscriptions.countDocuments({ ...filterOf(pair), status }, { session }),
    async listPairs({ after, limit }) {
      const place = after && ([after.followerId, after.followingId] as const);
      const found = subscriptions
        .find(afterPair(['follower_id', 'following_id'], place))
        .sort({ follower_id: 1, following_id: 1 })
        .hint({ follower_id: 1, following_id: 1 });
      return (await found.limit(limit).lean()).map(toSubscription);
    },
  };
}

const filterOf = ({ followerId, followingId }: Partial<Pair>): { follower_id?: string; following_id?: string } => ({
  ...(followerId !== undefined && { follower_id: followerId }),
  ...(followingId !== undefined && { following_id: followingId }),
});
