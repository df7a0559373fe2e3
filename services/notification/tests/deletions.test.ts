import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  commentCreated,
  commentDeleted,
  commentLiked,
  commentUnliked,
  postDeleted,
  postLiked,
} from '@commons/contracts';
import { aUser, anId, until } from '@commons/platform/testing';
import {
  aComment,
  aLikedComment,
  aLikedPost,
  buildNotification,
  type NotificationUnderTest,
} from './notification-service.ts';

let notification: NotificationUnderTest;
beforeAll(async () => {
  notification = await buildNotification();
});
afterAll(() => notification.stop());

const typesOf = async (user: ReturnType<typeof aUser>) => (await notification.list(user)).map(({ type }) => type);
const thread = { comments_count: 0, thread_revision: 9 };

describe('a deleted post', () => {
  it('takes along all that was told of it and its comments, and what was kept for that', async () => {
    const [author, bob, carol] = [aUser(), aUser(), aUser()];
    const { postId, like } = aLikedPost(author);
    const comment = aLikedComment(bob, postId);
    const other = aLikedPost(author);
    await notification.deliver(postLiked, like(bob));
    await notification.deliver(postLiked, other.like(bob));
    await notification.deliver(commentLiked, comment.like(carol));
    await notification.deliver(
      commentCreated,
      aComment({ author: carol, postAuthor: author, postId, parent: { id: comment.commentId, author: bob } }),
    );
    expect([(await typesOf(author)).length, (await typesOf(bob)).length]).toEqual([3, 2]);

    await notification.deliver(postDeleted, { post_id: postId, author_id: author.id }, { times: 2 });

    await until(() => notification.isIdle());
    expect([await typesOf(author), await typesOf(bob)]).toEqual([['LIKE'], []]);
    const { db } = notification.ctx;
    expect(await db.collection('likes').countDocuments()).toBe(1);
    const targets = await db.collection<{ _id: string }>('targets').find().toArray();
    expect(targets.map(({ _id }) => _id).toSorted()).toEqual([`post:${postId}`, `post:${other.postId}`].toSorted());
  });

  it('stays gone when older news comes late', async () => {
    const [author, bob] = [aUser(), aUser()];
    const { postId, like } = aLikedPost(author);
    const comment = aLikedComment(author, postId);
    await notification.deliver(postDeleted, { post_id: postId, author_id: author.id });

    await notification.deliver(postLiked, like(bob), { times: 2 });
    await notification.deliver(commentLiked, comment.like(bob), { times: 2 });
    await notification.deliver(commentUnliked, comment.like(bob));
    await notification.deliver(commentCreated, aComment({ author: bob, postAuthor: author, postId }), { times: 2 });

    expect(await typesOf(author)).toEqual([]);
  });

  it('leaves nothing where its likes and its end come at once', async () => {
    const author = aUser();
    const { postId, like } = aLikedPost(author);
    const likes = Array.from({ length: 20 }, () => like(aUser()));

    await Promise.all([
      ...likes.slice(0, 10).map((each) => notification.deliver(postLiked, each)),
      notification.deliver(postDeleted, { post_id: postId, author_id: author.id }),
      ...likes.slice(10).map((each) => notification.deliver(postLiked, each)),
    ]);

    await until(() => notification.isIdle());
    expect(await typesOf(author)).toEqual([]);
  });
});

describe('a deleted comment', () => {
  it('takes along what was told of it: the comment, its likes, the replies to it', async () => {
    const [author, bob, carol] = [aUser(), aUser(), aUser()];
    const { commentId, postId, like } = aLikedComment(bob);
    const parent = { id: commentId, author: bob };
    await notification.deliver(commentCreated, aComment({ author: bob, postAuthor: author, postId, id: commentId }));
    await notification.deliver(commentLiked, like(carol));
    await notification.deliver(commentCreated, aComment({ author: carol, postAuthor: author, postId, parent }));
    expect([await typesOf(author), (await typesOf(bob)).toSorted()]).toEqual([
      ['COMMENT', 'COMMENT'],
      ['LIKE', 'REPLY'],
    ]);

    await notification.deliver(
      commentDeleted,
      { comment_id: commentId, post_id: postId, author_id: bob.id, ...thread },
      { times: 2 },
    );

    await until(() => notification.isIdle());
    expect(await notification.list(author)).toEqual([
      expect.objectContaining({ data: expect.objectContaining({ actor_id: carol.id }) }),
    ]);
    expect(await typesOf(bob)).toEqual([]);
  });

  it('stays gone when older news comes late', async () => {
    const [author, bob, carol] = [aUser(), aUser(), aUser()];
    const { commentId, postId, like } = aLikedComment(bob);
    await notification.deliver(commentDeleted, { comment_id: commentId, post_id: postId, author_id: null, ...thread });

    await notification.deliver(commentCreated, aComment({ author: bob, postAuthor: author, postId, id: commentId }));
    await notification.deliver(commentLiked, like(carol));
    await notification.deliver(
      commentCreated,
      aComment({ author: carol, postAuthor: author, postId, parent: { id: commentId, author: bob } }),
    );

    expect([await typesOf(bob), await typesOf(author)]).toEqual([[], ['COMMENT']]);
  });

  it('is removed batch by batch where many were told', async () => {
    const bob = aUser();
    const { commentId, postId } = aLikedComment(bob);
    await notification.deliver(
      commentCreated,
      aComment({ author: aUser(), postAuthor: aUser(), postId, parent: { id: commentId, author: bob } }),
    );
    const notifications = notification.ctx.db.collection('notifications');
    const { _id: _, ...one } = (await notifications.findOne(
      { type: 'REPLY', parent_id: { $exists: true } },
      { sort: { _id: -1 } },
    ))!;
    await notifications.insertMany(Array.from({ length: 1_100 }, () => ({ ...one, key: anId() })));
    expect(await notification.unread(bob)).toBe(1_101);

    await notification.deliver(commentDeleted, { comment_id: commentId, post_id: postId, author_id: null, ...thread });

    await until(() => notification.isIdle());
    expect(await notification.unread(bob)).toBe(0);
  });
});
