import { prepareBlocks, type Migration } from '@commons/platform';

/** Copies of who blocks whom, and an index by which comments of hidden authors are counted below a post. */
export const keepBlocks: Migration = {
  name: '0002-blocks',
  async up(db) {
    await prepareBlocks(db);
    await db.collection('comments').createIndex({ post_id: 1, author_id: 1, parent: 1, replies_count: 1 });
  },
};
