import { prepareJobs, type Migration } from '@commons/platform';

const collections = ['comments', 'threads', 'authors'];

/** Everything that `comment` keeps, with an index behind every order in which it is listed. */
export const createComments: Migration = {
  name: '0001-comments',
  async up(db) {
    const present = (await db.listCollections()).map(({ name }) => name);
    for (const name of collections.filter((collection) => !present.includes(collection)))
      await db.createCollection(name);
    const comments = db.collection('comments');
    await comments.createIndex({ post_id: 1, created_at: 1, _id: 1 });
    await comments.createIndex({ post_id: 1, parent: 1, created_at: 1, _id: 1 });
    await comments.createIndex({ top: 1, created_at: 1, _id: 1 });
    await comments.createIndex({ author_id: 1, _id: 1 });
    await prepareJobs(db);
  },
};
