import { Types, type Connection } from 'mongoose';
import type { ListPart } from '../domain/list-part.ts';
import type { Subscription } from '../domain/subscription.ts';
import { afterPosition } from './after-position.ts';
import { subscriptionModel } from './subscription-model.ts';
import { toSubscription } from './to-subscription.ts';

/** Which subscriptions: those of a user as the one who follows, or as the one who is followed. */
export type Selection = { userId: string; as: 'follower' | 'following'; status: 'pending' | 'accepted' };

export type SubscriptionList = {
  /** Latest first. @param options.without whose are left out, at the other end. */
  list(wanted: Selection, options: ListPart & { without?: readonly string[] }): Promise<Subscription[]>;
  /** How many there are of some users at the other end. */
  countAmong(wanted: Selection, others: readonly string[]): Promise<number>;
};

/** Subscriptions as users see them, each list read along an index that holds its order. */
export function createSubscriptionList(db: Connection): SubscriptionList {
  const subscriptions = subscriptionModel(db);

  return {
    async list(wanted, { skip = 0, after, limit, without = [] }) {
      const { own, other } = fieldsOf(wanted);
      const found = subscriptions
        .find({
          ...filterOf(wanted),
          ...afterPosition(after),
          ...(without.length > 0 && { [other]: { $nin: toIds(without) } }),
        })
        .sort({ created_at: -1, _id: -1 })
        .hint({ [own]: 1, status: 1, created_at: -1, _id: -1 });
      return (await found.skip(skip).limit(limit).lean()).map(toSubscription);
    },
    async countAmong(wanted, others) {
      if (others.length === 0) return 0;
      const among = { [fieldsOf(wanted).other]: { $in: toIds(others) } };
      return subscriptions.countDocuments(
        { ...filterOf(wanted), ...among },
        { hint: { follower_id: 1, following_id: 1 } },
      );
    },
  };
}

const fieldsOf = ({ as }: Selection) =>
  as === 'follower' ? { own: 'follower_id', other: 'following_id' } : { own: 'following_id', other: 'follower_id' };

const filterOf = (wanted: Selection) => ({
  [fieldsOf(wanted).own]: new Types.ObjectId(wanted.userId),
  status: wanted.status,
});

const toIds = (ids: readonly string[]): Types.ObjectId[] => ids.map((id) => new Types.ObjectId(id));
