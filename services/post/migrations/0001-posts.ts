import type { Migration } from '@commons/platform';
import { prepareJobs } from '@commons/platform';

/** Views of a day are kept a little longer than the day. */
const VIEWS_KEPT_SECONDS = 2 * 24 * 60 * 60;

const collections = ['posts', 'authors', 'views', 'tags', 'tag_changes', 'image_removals'];

/** Everything that `post` keeps, with an index behind every order in which it is listed. */
export const createPosts: Migration = {
  name: '0001-posts',
  async up(db) {
    const present = (await db.listCollections()).map(({ name }) => name);
    for (const name of collections.filter((collection) => !present.includes(collection)))
      await db.createCollection(name);
    await db
      .collection('posts')
      .createIndexes([
        { key: { lists: 1, created_at: -1, _id: -1 } },
        { key: { lists: 1, likes_count: -1, _id: -1 } },
        { key: { words: 1, created_at: -1, _id: -1 } },
        { key: { author_id: 1 } },
      ]);
    await db.collection('views').createIndexes([{ key: { at: 1 }, expireAfterSeconds: VIEWS_KEPT_SECONDS }]);
    await db
      .collection('tags')
      .createIndexes([{ key: { posts_count: -1, _id: 1 } }, { key: { prefixes: 1, posts_count: -1, _id: 1 } }]);
    await db.collection('image_removals').createIndexes([{ key: { due_at: 1 } }]);
    await prepareJobs(db);
  },
};
