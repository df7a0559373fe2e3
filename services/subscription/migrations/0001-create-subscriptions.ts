import type { Migration } from '@commons/platform';

/** The collection, and the index by which a deleted user's subscriptions are found. */
export const createSubscriptions: Migration = {
  name: '0001-create-subscriptions',
  up: async (db) => {
    await db.createCollection('subscriptions');
    await db.collection('subscriptions').createIndexes([{ key: { owner_id: 1 } }]);
  },
};
