import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  applicationStatusChanged,
  applicationSubmitted,
  commentCreated,
  listBlocks,
  listUsers,
  postLiked,
  postUnliked,
  subscriptionRemoved,
  subscriptionRequestAccepted,
  subscriptionRequestSent,
  userDataErased,
  userDeleted,
  userProfileUpdated,
} from '@commons/contracts';
import { aUser, anAdmin, fakeCall, until } from '@commons/platform/testing';
import {
  aComment,
  aLikedPost,
  anApplication,
  aSubscription,
  buildNotification,
  type NotificationUnderTest,
} from './notification-service.ts';

let notification: NotificationUnderTest;
const names = new Map<string, string>();
beforeAll(async () => {
  const users = fakeCall(listUsers, ({ ids = [] }) => ({
    users: ids.flatMap((id) => {
      const username = names.get(id);
      return username === undefined
        ? []
        : [{ id, username, username_revision: 7, roles: [], status: 'active' as const }];
    }),
  }));
  notification = await buildNotification({ fakes: [users, fakeCall(listBlocks, () => ({ pairs: [] }))] });
});
afterAll(() => notification.stop());

const messages = async (user: ReturnType<typeof aUser>) =>
  (await notification.list(user)).map(({ message }) => message);
const erased = async (userId: string) =>
  (await notification.published(userDataErased)).filter(({ subject }) => subject === userId).map(({ data }) => data);

describe('a new username', () => {
  it('shows in what was told before: the latest one, in whatever order it is told of', async () => {
    const [author, bob] = [aUser(), aUser()];
    await notification.deliver(postLiked, aLikedPost(author).like(bob));
    const rename = (username: string, username_revision: number) =>
      notification.deliver(userProfileUpdated, { user_id: bob.id, username, username_revision }, { times: 2 });

    await notification.deliver(subscriptionRequestSent, aSubscription(bob, author).asked());
    await notification.deliver(applicationSubmitted, anApplication({ applicant: bob, owner: author }));

    await rename('$third', 3);
    await rename('second', 2);
    await notification.deliver(userProfileUpdated, { user_id: bob.id, nickname: 'Nick', revision: 9 });

    expect(await messages(author)).toEqual([
      '$third applied to your project',
      '$third asks to follow you',
      '$third liked your post',
    ]);
  });

  it('outlives an older one that comes with an event', async () => {
    const [author, bob] = [aUser(), aUser()];
    await notification.deliver(userProfileUpdated, { user_id: bob.id, username: 'after', username_revision: 2 });

    await notification.deliver(commentCreated, aComment({ author: bob, postAuthor: author }));

    expect(await messages(author)).toEqual(['after commented on your post']);
  });

  it('is taken from its owner by a rebuild', async () => {
    const [author, bob, admin] = [aUser(), aUser(), anAdmin()];
    await notification.deliver(postLiked, aLikedPost(author).like(bob));
    names.set(bob.id, 'rebuilt');
    const path = '/api/admin/services/notification/rebuild';

    await notification.as(admin).post(path).expect(202);

    await until(async () => (await notification.as(admin).get(path)).body.running === false);
    const { body } = await notification.as(admin).get(path);
    expect(body).toMatchObject({ error: null, results: [{ name: 'actor-names', corrected: 1 }, { name: 'blocks' }] });
    expect(await messages(author)).toEqual(['rebuilt liked your post']);
  });
});

describe('a deleted user', () => {
  it('is gone from all notifications, own and others’, and it is reported done', async () => {
    const [gone, author, carol] = [aUser(), aUser(), aUser()];
    const [alone, among, latest, own] = [aLikedPost(author), aLikedPost(author), aLikedPost(author), aLikedPost(gone)];
    await notification.deliver(postLiked, alone.like(gone));
    await notification.deliver(postLiked, among.like(gone));
    await notification.deliver(postLiked, among.like(carol));
    await notification.deliver(postLiked, latest.like(carol));
    await notification.deliver(postLiked, latest.like(gone));
    await notification.deliver(postLiked, own.like(carol));
    await notification.deliver(commentCreated, aComment({ author: gone, postAuthor: author }));
    await notification.deliver(subscriptionRequestAccepted, aSubscription(gone, author).followed());
    await notification.deliver(subscriptionRequestAccepted, aSubscription(author, gone).admitted());
    await notification.deliver(applicationSubmitted, anApplication({ applicant: gone, owner: author }));

    await notification.deliver(userDeleted, { user_id: gone.id }, { times: 2 });

    await until(async () => (await erased(gone.id)).length > 0);
    expect(await messages(author)).toEqual([`${carol.username} liked your post`, `${carol.username} liked your post`]);
    expect(await notification.list(gone)).toEqual([]);
    expect(await erased(gone.id)).toEqual([expect.objectContaining({ user_id: gone.id, service: 'notification' })]);
    const { db } = notification.ctx;
    const everything = [
      await db.collection('notifications').find().toArray(),
      await db.collection('likes').find().toArray(),
      await db.collection('subscriptions').find().toArray(),
    ];
    expect(JSON.stringify(everything)).not.toContain(gone.id);
    expect(await db.collection('people').findOne({ username: gone.username })).toBeNull();
  });

  it('stays gone when older news comes late, as actor and as recipient', async () => {
    const [gone, author] = [aUser(), aUser()];
    await notification.deliver(userDeleted, { user_id: gone.id });
    await until(async () => (await erased(gone.id)).length > 0);
    const [theirs, own] = [aLikedPost(author), aLikedPost(gone)];

    await notification.deliver(postLiked, theirs.like(gone));
    await notification.deliver(postUnliked, theirs.like(gone));
    await notification.deliver(commentCreated, aComment({ author: gone, postAuthor: author }));
    await notification.deliver(postLiked, own.like(author));
    await notification.deliver(postUnliked, own.like(author));
    await notification.deliver(commentCreated, aComment({ author, postAuthor: gone }));
    await notification.deliver(subscriptionRequestSent, aSubscription(gone, author).asked());
    await notification.deliver(subscriptionRequestAccepted, aSubscription(author, gone).followed());
    await notification.deliver(subscriptionRemoved, aSubscription(author, gone).ended());
    await notification.deliver(applicationSubmitted, anApplication({ applicant: gone, owner: author }));
    await notification.deliver(applicationStatusChanged, {
      ...anApplication({ applicant: gone, owner: author }),
      status: 'accepted',
    });
    await notification.deliver(userProfileUpdated, { user_id: gone.id, username: 'ghost', username_revision: 99 });

    expect([await messages(author), await notification.list(gone)]).toEqual([[], []]);
    const { db } = notification.ctx;
    expect(await db.collection('people').findOne({ username: 'ghost' })).toBeNull();
    const kept = [await db.collection('likes').find().toArray(), await db.collection('subscriptions').find().toArray()];
    expect(JSON.stringify(kept)).not.toContain(gone.id);
  });

  it('goes batch by batch where they liked much', async () => {
    const [gone, author, carol] = [aUser(), aUser(), aUser()];
    const posts = Array.from({ length: 25 }, () => aLikedPost(author));
    await Promise.all(posts.map(({ like }) => notification.deliver(postLiked, like(gone))));
    await notification.deliver(postLiked, posts[0]!.like(carol));
    expect(await notification.unread(author)).toBe(25);

    await notification.deliver(userDeleted, { user_id: gone.id });

    await until(async () => (await erased(gone.id)).length > 0);
    expect(await messages(author)).toEqual([`${carol.username} liked your post`]);
    expect(await notification.unread(author)).toBe(1);
  });
});
