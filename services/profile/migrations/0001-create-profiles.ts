import type { Migration } from '@commons/platform';

/** The collection, and the index by which a deleted user's profiles are found. */
export const createProfiles: Migration = {
  name: '0001-create-profiles',
  up: async (db) => {
    await db.createCollection('profiles');
    await db.collection('profiles').createIndexes([{ key: { owner_id: 1 } }]);
  },
};
