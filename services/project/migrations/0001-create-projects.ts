import type { Migration } from '@commons/platform';

/** The collection, and the index by which a deleted user's projects are found. */
export const createProjects: Migration = {
  name: '0001-create-projects',
  up: async (db) => {
    await db.createCollection('projects');
    await db.collection('projects').createIndexes([{ key: { owner_id: 1 } }]);
  },
};
