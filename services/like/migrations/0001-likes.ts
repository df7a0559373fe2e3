import { prepareJobs, type Migration } from '@commons/platform';

/** How long it is known that a target has gone: longer than any event of it may be on its way. */
const TOMBSTONE_SECONDS = 30 * 24 * 60 * 60;

const collections = ['likes', 'like_counters', 'likers'];

/** Everything that `like` keeps, with an index behind every order in which it is listed. */
export const createLikes: Migration = {
  name: '0001-likes',
  async up(db) {
    const present = (await db.listCollections()).map(({ name }) => name);
    for (const name of collections.filter((collection) => !present.includes(collection)))
      await db.createCollection(name);
    await db
      .collection('likes')
      .createIndexes([
        { key: { target_type: 1, target_id: 1, user_id: 1 }, unique: true },
        { key: { target_type: 1, target_id: 1, _id: -1 } },
        { key: { user_id: 1, _id: -1 } },
      ]);
    await db
      .collection('like_counters')
      .createIndexes([
        { key: { target_type: 1, gone_at: 1, target_id: 1 } },
        { key: { post_id: 1, target_type: 1, gone_at: 1 } },
        { key: { gone_at: 1 }, expireAfterSeconds: TOMBSTONE_SECONDS },
      ]);
    await prepareJobs(db);
  },
};
