import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import { subscriptionModel, type SubscriptionDocument } from './subscription-model.ts';

/** A subscription as everything outside the store sees it. */
export type Subscription = { id: string; ownerId: string; title: string; createdAt: Date };

export type SubscriptionStore = ReturnType<typeof createSubscriptionStore>;

/** The only file that touches the collection. Writes belong to a transaction. */
export function createSubscriptionStore(db: Connection) {
  const model = subscriptionModel(db);
  return {
    async find(id: string): Promise<Subscription | undefined> {
      const found = await model.findById(id).lean();
      return found ? toSubscription(found) : undefined;
    },

    async insert(
      { ownerId, title, createdAt }: Omit<Subscription, 'id'>,
      { session }: Transaction,
    ): Promise<Subscription> {
      const document: SubscriptionDocument = {
        _id: new Types.ObjectId(),
        owner_id: new Types.ObjectId(ownerId),
        title,
        created_at: createdAt,
      };
      await model.insertMany([document], { session });
      return toSubscription(document);
    },

    async removeOfOwner(ownerId: string, { session }: Transaction): Promise<void> {
      await model.deleteMany({ owner_id: ownerId }, { session });
    },
  };
}

function toSubscription({ _id, owner_id, title, created_at }: SubscriptionDocument): Subscription {
  return { id: _id.toHexString(), ownerId: owner_id.toHexString(), title, createdAt: created_at };
}
