import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commentCreated, notificationSent } from '@commons/contracts';
import { aUser, anId } from '@commons/platform/testing';
import { aComment, buildNotification, type NotificationUnderTest } from './notification-service.ts';

let notification: NotificationUnderTest;
beforeAll(async () => {
  notification = await buildNotification();
});
afterAll(() => notification.stop());

const told = async (user: ReturnType<typeof aUser>) =>
  (await notification.list(user)).map(({ type, message }) => [type, message]);

describe('a comment', () => {
  it('tells the author of the post, once, however often it is told of', async () => {
    const [author, bob] = [aUser(), aUser()];
    const comment = aComment({ author: bob, postAuthor: author });

    await notification.deliver(commentCreated, comment, { times: 3 });
    await Promise.all(Array.from({ length: 5 }, () => notification.deliver(commentCreated, comment)));

    const list = await notification.list(author);
    expect(list).toEqual([
      {
        id: expect.any(String),
        type: 'COMMENT',
        message: `${bob.username} commented on your post`,
        data: { post_id: comment.post_id, comment_id: comment.comment_id, actor_id: bob.id },
        read: false,
        created_at: expect.any(String),
      },
    ]);
    const sent = (await notification.published(notificationSent)).filter(({ data }) => data['user_id'] === author.id);
    expect(sent.map(({ data }) => data['notification'])).toEqual(list);
  });

  it('that answers another tells the author of that one of a reply, and the author of the post of a comment', async () => {
    const [author, bob, carol] = [aUser(), aUser(), aUser()];

    await notification.deliver(
      commentCreated,
      aComment({ author: carol, postAuthor: author, parent: { id: anId(), author: bob } }),
    );

    expect([await told(author), await told(bob), await told(carol)]).toEqual([
      [['COMMENT', `${carol.username} commented on your post`]],
      [['REPLY', `${carol.username} replied to your comment`]],
      [],
    ]);
  });

  it('that answers the author of the post tells them of the reply alone', async () => {
    const [author, bob] = [aUser(), aUser()];

    await notification.deliver(
      commentCreated,
      aComment({ author: bob, postAuthor: author, parent: { id: anId(), author } }),
    );

    expect(await told(author)).toEqual([['REPLY', `${bob.username} replied to your comment`]]);
  });

  it('tells nobody of what they wrote themselves', async () => {
    const [author, bob] = [aUser(), aUser()];

    await notification.deliver(commentCreated, aComment({ author, postAuthor: author }));
    await notification.deliver(
      commentCreated,
      aComment({ author: bob, postAuthor: author, parent: { id: anId(), author: bob } }),
    );
    await notification.deliver(
      commentCreated,
      aComment({ author, postAuthor: author, parent: { id: anId(), author: bob } }),
    );

    expect(await told(author)).toEqual([['COMMENT', `${bob.username} commented on your post`]]);
    expect(await told(bob)).toEqual([['REPLY', `${author.username} replied to your comment`]]);
  });

  it('tells of each of fifty at once', async () => {
    const author = aUser();
    const postId = anId();
    const comments = Array.from({ length: 50 }, () => aComment({ author: aUser(), postAuthor: author, postId }));

    await Promise.all(comments.map((comment) => notification.deliver(commentCreated, comment)));

    expect(await notification.unread(author)).toBe(50);
  });
});
