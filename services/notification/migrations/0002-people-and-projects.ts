import { prepareBlocks, type Migration } from '@commons/platform';
import type { Connection } from 'mongoose';

/** What has ended between two users is known for this long. */
const ENDED_KEPT_SECONDS = 30 * 24 * 60 * 60;

/** Notifications of subscriptions and applications, and copies of who blocks whom. */
export const addPeopleAndProjects: Migration = {
  name: '0002-people-and-projects',
  async up(db) {
    const notifications = db.collection('notifications');
    await notifications.createIndex({ project_id: 1 }, { partialFilterExpression: { project_id: { $exists: true } } });
    await notifications.createIndex({ user_id: 1, actor_id: 1 });
    const subscriptions = db.collection('subscriptions');
    await subscriptions.createIndex({ follower_id: 1 });
    await subscriptions.createIndex({ followed_id: 1 });
    await subscriptions.createIndex({ ended_at: 1 }, { expireAfterSeconds: ENDED_KEPT_SECONDS });
    await prepareBlocks(db);
    await nameRecipients(db);
    await db.collection('likes').createIndex({ recipient_id: 1, actor_id: 1 });
  },
};

/** Likes that were told of before know by their notification whom they told. */
async function nameRecipients(db: Connection): Promise<void> {
  const told = { from: 'notifications', localField: 'group_id', foreignField: '_id', as: 'told' };
  const stages = [
    { $match: { recipient_id: { $exists: false }, group_id: { $ne: null } } },
    { $lookup: told },
    { $project: { recipient_id: { $first: '$told.user_id' } } },
    { $merge: { into: 'likes', on: '_id', whenMatched: 'merge', whenNotMatched: 'discard' } },
  ];
  await db.collection('likes').aggregate(stages).toArray();
}
