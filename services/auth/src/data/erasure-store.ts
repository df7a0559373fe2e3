import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import { erasureModel } from './erasure-model.ts';

/** How far a deleted user is forgotten: since when, and which services have reported that nothing is left. */
export type Erasure = { requestedAt: Date; services: { service: string; at: Date }[] };

export type ErasureStore = ReturnType<typeof createErasureStore>;

/** What has become of the data of deleted users. */
export function createErasureStore(db: Connection) {
  const erasures = erasureModel(db);
  return {
    async insert(userId: string, now: Date, tx: Transaction): Promise<void> {
      await erasures.insertMany([{ _id: new Types.ObjectId(userId), requested_at: now, services: [] }], {
        session: tx.session,
      });
    },

    /** Notes a service's report, the first time it comes. */
    async note({ userId, service }: { userId: string; service: string }, now: Date, tx: Transaction): Promise<void> {
      await erasures.updateOne(
        { _id: userId, 'services.service': { $ne: service } },
        { $push: { services: { service, at: now } } },
        { session: tx.session },
      );
    },

    async find(userId: string): Promise<Erasure | undefined> {
      const document = await erasures.findById(userId).lean();
      if (!document) return undefined;
      const services = document.services.map(({ service, at }) => ({ service, at }));
      return { requestedAt: document.requested_at, services };
    },
  };
}
