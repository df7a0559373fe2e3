import type { Migration } from '@commons/platform';

/** Who is there, found by user and by replica; and the replicas that are alive, which are few. */
export const createPresences: Migration = {
  name: '0002-presences',
  async up(db) {
    await db.createCollection('presences');
    await db.collection('presences').createIndex({ replicas: 1 });
    await db.createCollection('replicas');
  },
};
