import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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
  userBlocked,
  userUnblocked,
  type RelationPair,
} from '@commons/contracts';
import { aUser, anAdmin, anId, fakeCall, until, type TestUser } from '@commons/platform/testing';
import {
  aBlock,
  aComment,
  aLikedPost,
  anApplication,
  aSubscription,
  buildNotification,
  type NotificationUnderTest,
} from './notification-service.ts';

let originals: RelationPair[] = [];
let notification: NotificationUnderTest;
beforeAll(async () => {
  const fakes = [
    fakeCall(listUsers, () => ({ users: [] })),
    fakeCall(listBlocks, ({ after }) => ({ pairs: after ? [] : originals })),
  ];
  notification = await buildNotification({ fakes });
});
beforeEach(() => {
  originals = [];
});
afterAll(() => notification.stop());

const told = async (user: TestUser) =>
  (await notification.list(user)).map(({ type, message }) => [type, message]).toSorted();

/** Has one user do to another all that notifications tell of. */
async function doEverything(actor: TestUser, recipient: TestUser, revision = 0) {
  const parent = { id: anId(), author: recipient };
  await notification.deliver(postLiked, aLikedPost(recipient).like(actor));
  await notification.deliver(commentCreated, aComment({ author: actor, postAuthor: recipient }));
  await notification.deliver(commentCreated, aComment({ author: actor, postAuthor: aUser(), parent }));
  await notification.deliver(subscriptionRequestAccepted, aSubscription(actor, recipient, revision).followed());
  await notification.deliver(subscriptionRequestAccepted, aSubscription(recipient, actor, revision).admitted());
  await notification.deliver(applicationSubmitted, anApplication({ applicant: actor, owner: recipient }));
  const theirs = anApplication({ applicant: recipient, owner: actor });
  await notification.deliver(applicationStatusChanged, { ...theirs, status: 'accepted' });
}

const everything = ({ username }: TestUser) =>
  [
    ['LIKE', `${username} liked your post`],
    ['COMMENT', `${username} commented on your post`],
    ['REPLY', `${username} replied to your comment`],
    ['FOLLOW', `${username} follows you`],
    ['FOLLOW', `${username} accepted your request to follow them`],
    ['APPLICATION', `${username} applied to your project`],
    ['APPLICATION_STATUS', `${username} accepted your application`],
  ].toSorted();

describe('while one user blocks another', () => {
  it('neither hears of the other, but both hear of everybody else', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    await notification.deliver(userBlocked, aBlock(alice, bob)(), { times: 2 });

    await doEverything(bob, alice);
    await doEverything(alice, bob);
    await doEverything(carol, alice);

    expect([await told(alice), await told(bob)]).toEqual([everything(carol), []]);
    expect(await notification.sentTo(bob)).toEqual([]);
  });

  it('a request to follow that comes late is not told of', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const pair = aSubscription(bob, alice);
    await notification.deliver(userBlocked, aBlock(alice, bob)());

    await notification.deliver(subscriptionRequestSent, pair.asked(), { times: 2 });
    await notification.deliver(subscriptionRemoved, pair.askedNoMore());

    expect(await told(alice)).toEqual([]);
  });

  it('a like of theirs is not counted with those of others, also once it is taken back', async () => {
    const [alice, bob, carol, dave] = [aUser(), aUser(), aUser(), aUser()];
    const { like } = aLikedPost(alice);
    await notification.deliver(userBlocked, aBlock(alice, bob)());

    await notification.deliver(postLiked, like(carol));
    await notification.deliver(postLiked, like(bob), { times: 2 });
    await notification.deliver(postLiked, like(dave));
    expect(await told(alice)).toEqual([['LIKE', `${dave.username} and 1 other liked your post`]]);

    await notification.deliver(postUnliked, like(bob), { times: 2 });
    expect(await told(alice)).toEqual([['LIKE', `${dave.username} and 1 other liked your post`]]);
    expect(await notification.sentTo(alice)).toHaveLength(2);
  });

  it('the author of a post is told of a comment whose answered author is not', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    await notification.deliver(userBlocked, aBlock(alice, bob)());

    await notification.deliver(
      commentCreated,
      aComment({ author: bob, postAuthor: carol, parent: { id: anId(), author: alice } }),
    );

    expect([await told(alice), await told(carol)]).toEqual([
      [],
      [['COMMENT', `${bob.username} commented on your post`]],
    ]);
  });
});

describe('a block', () => {
  it('takes away what the two had heard of each other, and nothing else', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    await doEverything(bob, alice);
    await doEverything(alice, bob);
    await doEverything(carol, alice);
    await doEverything(bob, carol);

    await notification.deliver(userBlocked, aBlock(alice, bob)(), { times: 2 });

    await until(() => notification.isIdle());
    expect([await told(alice), await told(bob), await told(carol)]).toEqual([everything(carol), [], everything(bob)]);
    expect(await notification.unread(bob)).toBe(0);
  });

  it('takes the blocked one out of a notification of several likes', async () => {
    const [alice, bob, carol, dave] = [aUser(), aUser(), aUser(), aUser()];
    const { like } = aLikedPost(alice);
    for (const fan of [carol, dave, bob]) await notification.deliver(postLiked, like(fan));

    await notification.deliver(userBlocked, aBlock(alice, bob)());
    await until(() => notification.isIdle());
    expect(await told(alice)).toEqual([['LIKE', `${dave.username} and 1 other liked your post`]]);

    await notification.deliver(postUnliked, like(bob));
    await notification.deliver(postUnliked, like(dave));
    expect(await told(alice)).toEqual([['LIKE', `${carol.username} liked your post`]]);
  });

  it('takes away all of it where there is much, batch by batch', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const posts = Array.from({ length: 25 }, () => aLikedPost(alice));
    await Promise.all(posts.map(({ like }) => notification.deliver(postLiked, like(bob))));
    await notification.deliver(commentCreated, aComment({ author: bob, postAuthor: alice }));
    const notifications = notification.ctx.db.collection('notifications');
    const { _id: _, ...one } = (await notifications.findOne({ type: 'COMMENT' }, { sort: { _id: -1 } }))!;
    await notifications.insertMany(Array.from({ length: 1_100 }, () => ({ ...one, key: anId() })));
    expect(await notification.unread(alice)).toBe(1_126);

    await notification.deliver(userBlocked, aBlock(bob, alice)());

    await until(() => notification.isIdle());
    expect(await notification.unread(alice)).toBe(0);
  });

  it('leaves nothing where it comes at once with what it hides', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const posts = Array.from({ length: 10 }, () => aLikedPost(alice));
    const comments = Array.from({ length: 10 }, () => aComment({ author: bob, postAuthor: alice }));

    await Promise.all([
      ...posts.map(({ like }) => notification.deliver(postLiked, like(bob))),
      notification.deliver(userBlocked, aBlock(alice, bob)()),
      ...comments.map((comment) => notification.deliver(commentCreated, comment)),
    ]);

    await until(() => notification.isIdle());
    expect(await told(alice)).toEqual([]);
  });

  it('that has ended lets both hear of each other again, but brings back nothing', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const block = aBlock(alice, bob);
    await doEverything(bob, alice);
    await notification.deliver(userBlocked, block());
    await until(() => notification.isIdle());

    await notification.deliver(userUnblocked, block(), { times: 2 });

    expect(await told(alice)).toEqual([]);
    await doEverything(bob, alice, 1);
    expect(await told(alice)).toEqual(everything(bob));
  });

  it('in between does not have the same like or follower told of twice within a day', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const [block, pair, { like }] = [aBlock(alice, bob), aSubscription(bob, alice), aLikedPost(alice)];
    await notification.deliver(subscriptionRequestAccepted, pair.followed());
    await notification.deliver(postLiked, like(bob));
    const before = await notification.list(alice);

    await notification.deliver(userBlocked, block());
    await notification.deliver(subscriptionRemoved, pair.ended());
    await until(() => notification.isIdle());
    expect(await told(alice)).toEqual([]);
    await notification.deliver(userUnblocked, block());
    await notification.deliver(subscriptionRequestAccepted, pair.followed());
    await notification.deliver(postUnliked, like(bob));
    await notification.deliver(postLiked, like(bob));

    expect(await notification.list(alice)).toEqual(before);
    expect(await notification.sentTo(alice)).toHaveLength(2);
  });

  it('that is told of after its end changes nothing', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const block = aBlock(alice, bob);
    const [beginning, end] = [block(), block()];
    await doEverything(bob, alice);

    await notification.deliver(userUnblocked, end, { times: 2 });
    await notification.deliver(userBlocked, beginning, { times: 2 });

    await until(() => notification.isIdle());
    await notification.deliver(commentCreated, aComment({ author: bob, postAuthor: alice }));
    expect(await told(alice)).toEqual(
      [...everything(bob), ['COMMENT', `${bob.username} commented on your post`]].toSorted(),
    );
  });

  it('is taken from its owner by a rebuild, with the same effect as by an event', async () => {
    const [alice, bob, admin] = [aUser(), aUser(), anAdmin()];
    await doEverything(bob, alice);
    originals = [{ from_id: alice.id, to_id: bob.id, is_on: true, revision: 1 }];
    const path = '/api/admin/services/notification/rebuild';
    const copies = await notification.ctx.db.collection('blocks').countDocuments();

    await notification.as(admin).post(path).expect(202);

    await until(async () => (await notification.as(admin).get(path)).body.running === false);
    expect((await notification.as(admin).get(path)).body).toMatchObject({
      error: null,
      results: [
        { name: 'actor-names', corrected: 0 },
        { name: 'blocks', checked: 1, corrected: copies + 1 },
      ],
    });
    await until(() => notification.isIdle());
    await doEverything(bob, alice, 1);
    expect(await told(alice)).toEqual([]);
  });
});
