import { prepareJobs, type Migration } from '@commons/platform';

const collections = ['subscriptions', 'blocks', 'counters', 'people'];

/** Everything that `subscription` keeps, with an index behind every order in which it is listed. */
export const createSubscriptions: Migration = {
  name: '0001-subscriptions',
  async up(db) {
    const present = (await db.listCollections()).map(({ name }) => name);
    for (const name of collections.filter((collection) => !present.includes(collection)))
      await db.createCollection(name);
    await db
      .collection('subscriptions')
      .createIndexes([
        { key: { follower_id: 1, following_id: 1 }, unique: true },
        { key: { follower_id: 1, status: 1, created_at: -1, _id: -1 } },
        { key: { following_id: 1, status: 1, created_at: -1, _id: -1 } },
      ]);
    await db
      .collection('blocks')
      .createIndexes([
        { key: { blocker_id: 1, blocked_id: 1 }, unique: true },
        { key: { blocker_id: 1, is_on: 1, created_at: -1, _id: -1 } },
        { key: { blocked_id: 1, is_on: 1 } },
      ]);
    await prepareJobs(db);
  },
};
