import { prepareJobs, type Migration } from '@commons/platform';

const collections = ['notifications', 'targets', 'likes', 'people'];

/** Everything that `notification` keeps, with an index behind every order in which it is listed. */
export const createNotifications: Migration = {
  name: '0001-notifications',
  async up(db) {
    const present = (await db.listCollections()).map(({ name }) => name);
    for (const name of collections.filter((collection) => !present.includes(collection)))
      await db.createCollection(name);
    const notifications = db.collection('notifications');
    await notifications.createIndex({ key: 1 }, { unique: true });
    await notifications.createIndex({ user_id: 1, listed: 1, created_at: -1, _id: -1 });
    await notifications.createIndex({ user_id: 1, listed: 1, read: 1, created_at: -1, _id: -1 });
    await notifications.createIndex({ user_id: 1, listed: 1, type: 1, created_at: -1, _id: -1 });
    for (const field of ['post_id', 'comment_id', 'parent_id'])
      await notifications.createIndex({ [field]: 1 }, { partialFilterExpression: { [field]: { $exists: true } } });
    await notifications.createIndex({ actor_id: 1 });
    await notifications.createIndex({ expires_at: 1 }, { expireAfterSeconds: 0 });
    const likes = db.collection('likes');
    await likes.createIndex({ group_id: 1, liked: 1, told_at: -1 });
    await likes.createIndex({ post_id: 1 });
    await likes.createIndex({ target: 1 });
    await likes.createIndex({ actor_id: 1 });
    await db.collection('targets').createIndex({ post_id: 1 });
    await prepareJobs(db);
  },
};
