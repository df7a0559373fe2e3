import type { Migration } from '@commons/platform';

/** The collection, and the index by which a deleted user's chats are found. */
export const createChats: Migration = {
  name: '0001-create-chats',
  up: async (db) => {
    await db.createCollection('chats');
    await db.collection('chats').createIndexes([{ key: { owner_id: 1 } }]);
  },
};
