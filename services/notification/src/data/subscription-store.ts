import type { Transaction } from '@commons/platform';
import type { Connection } from 'mongoose';
import type { KnownSubscription, Standing, SubscriptionNews, Told } from '../domain/subscription.ts';
import { subscriptionModel, type SubscriptionDocument, type ToldDocument } from './subscription-model.ts';

export type SubscriptionStore = {
  find(news: SubscriptionNews, tx: Transaction): Promise<KnownSubscription | undefined>;
  /** @param told the notification of this standing, where there is one. */
  note(news: SubscriptionNews, told: Told | undefined, at: Date, tx: Transaction): Promise<void>;
  /** Removes what is known of who follows somebody, and whom they follow. @returns how many: fewer than `limit` where these were the last. */
  removeSomeOf(userId: string, limit: number, tx: Transaction): Promise<number>;
};

/** Who follows whom, as far as notifications tell of it, in the order of the revisions that `subscription` counts. */
export function createSubscriptionStore(db: Connection): SubscriptionStore {
  const subscriptions = subscriptionModel(db);

  return {
    async find(news, { session }) {
      const stored = await subscriptions.findById(idOf(news)).session(session).lean();
      return stored ? toKnownSubscription(stored) : undefined;
    },
    async note(news, told, at, { session }) {
      const { follower, followed, standing, revision } = news;
      const change = {
        $set: {
          ...{ standing, revision, ended_at: standing === 'ended' ? at : null },
          ...(told && { [`told.${standing}`]: told }),
        },
        $setOnInsert: { follower_id: follower.id, followed_id: followed.id },
      };
      await subscriptions.updateOne({ _id: idOf(news) }, change, { upsert: true, session });
    },
    async removeSomeOf(userId, limit, { session }) {
      const either = { $or: [{ follower_id: userId }, { followed_id: userId }] };
      const found = await subscriptions.find(either, { _id: 1 }).session(session).limit(limit).lean();
      if (found.length > 0) await subscriptions.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } }, { session });
      return found.length;
    },
  };
}

const idOf = ({ follower, followed }: SubscriptionNews): string => `${follower.id}:${followed.id}`;

const toKnownSubscription = ({ standing, revision, told = {} }: SubscriptionDocument): KnownSubscription => ({
  standing,
  revision,
  told: Object.fromEntries(
    (Object.entries(told) as [Standing, ToldDocument][]).map(([each, { id, at }]) => [
      each,
      { id: id.toHexString(), at },
    ]),
  ),
});
