import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commentLiked, commentUnliked, notificationSent, postLiked, postUnliked } from '@commons/contracts';
import { aUser, fakeClock } from '@commons/platform/testing';
import {
  aLikedComment,
  aLikedPost,
  buildNotification,
  type NotificationUnderTest,
  type Sent,
} from './notification-service.ts';

const HOUR = 60 * 60_000;
const clock = fakeClock();
let notification: NotificationUnderTest;
beforeAll(async () => {
  notification = await buildNotification({ clock });
});
afterAll(() => notification.stop());

const sentTo = async (userId: string): Promise<Sent[]> =>
  (await notification.published(notificationSent))
    .map(({ data }) => data as unknown as Sent)
    .filter(({ user_id }) => user_id === userId);

const messages = async (user: ReturnType<typeof aUser>) =>
  (await notification.list(user)).map(({ message }) => message);

describe('a like', () => {
  it('of a post tells its author, once, however often it is told of', async () => {
    const [author, bob] = [aUser(), aUser()];
    const { postId, like } = aLikedPost(author);

    await notification.deliver(postLiked, like(bob), { times: 3 });
    await notification.deliver(postLiked, like(bob, 1));

    const list = await notification.list(author);
    expect(list).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        type: 'LIKE',
        message: `${bob.username} liked your post`,
        data: { post_id: postId, actor_id: bob.id },
        read: false,
        created_at: clock.now().toISOString(),
      },
    ]);
    const sent = (await notification.published(notificationSent)).filter(({ subject }) => subject === list[0]?.id);
    expect(sent.map(({ data }) => data)).toEqual([
      {
        v: 1,
        meta: { actor_id: null, ip: null, user_agent: null },
        user_id: author.id,
        channel: 'in_app',
        notification: list[0],
      },
    ]);
    expect(await notification.list(bob)).toEqual([]);
  });

  it('of a comment tells its author', async () => {
    const [author, bob] = [aUser(), aUser()];
    const { postId, commentId, like } = aLikedComment(author);

    await notification.deliver(commentLiked, like(bob), { times: 2 });

    expect(await notification.list(author)).toEqual([
      expect.objectContaining({
        type: 'LIKE',
        message: `${bob.username} liked your comment`,
        data: { post_id: postId, comment_id: commentId, actor_id: bob.id },
      }),
    ]);
  });

  it('of one’s own post or comment tells nobody', async () => {
    const author = aUser();

    await notification.deliver(postLiked, aLikedPost(author).like(author));
    await notification.deliver(commentLiked, aLikedComment(author).like(author));

    expect(await notification.list(author)).toEqual([]);
    expect(await sentTo(author.id)).toEqual([]);
  });
});

describe('several likes of one target', () => {
  it('make one notification: of the latest actor, unread again, at the top, told of each time', async () => {
    const [author, first, second, third] = [aUser(), aUser(), aUser(), aUser()];
    const { like } = aLikedPost(author);
    const other = aLikedPost(author);
    await notification.deliver(postLiked, like(first));
    await notification.deliver(postLiked, other.like(third));
    await notification.as(author).post('/api/notifications/mark-all-read').expect(200);
    clock.advance(HOUR);

    await notification.deliver(postLiked, like(second));

    expect((await notification.list(author)).map(({ message, read }) => [message, read])).toEqual([
      [`${second.username} and 1 other liked your post`, false],
      [`${third.username} liked your post`, true],
    ]);
    await notification.deliver(postLiked, like(third));
    const [latest] = await notification.list(author);
    expect(latest).toMatchObject({
      message: `${third.username} and 2 others liked your post`,
      data: { actor_id: third.id },
      created_at: clock.now().toISOString(),
    });
    expect((await sentTo(author.id)).map((sent) => sent.notification.id)).toEqual([
      latest?.id,
      expect.any(String),
      latest?.id,
      latest?.id,
    ]);
  });

  it('make one notification where fifty come at once, and count each actor once', async () => {
    const author = aUser();
    const { like } = aLikedPost(author);
    const events = Array.from({ length: 50 }, () => like(aUser()));

    await Promise.all(events.map((event) => notification.deliver(postLiked, event, { times: 2 })));
    await Promise.all(events.slice(0, 5).map((event) => notification.deliver(postLiked, event)));

    expect(await messages(author)).toEqual([expect.stringMatching(/ and 49 others liked your post$/)]);
    expect(await notification.unread(author)).toBe(1);
    expect(await sentTo(author.id)).toHaveLength(50);
  });

  it('make another notification a day after the first of them', async () => {
    const [author, first, second, third] = [aUser(), aUser(), aUser(), aUser()];
    const { like } = aLikedPost(author);
    await notification.deliver(postLiked, like(first));
    clock.advance(24 * HOUR - 1);
    await notification.deliver(postLiked, like(second));
    clock.advance(1);

    await notification.deliver(postLiked, like(third));

    expect(await messages(author)).toEqual([
      `${third.username} liked your post`,
      `${second.username} and 1 other liked your post`,
    ]);
    await notification.deliver(postUnliked, like(second));
    expect(await messages(author)).toEqual([`${third.username} liked your post`, `${first.username} liked your post`]);
  });

  it('are apart for each target', async () => {
    const [author, bob] = [aUser(), aUser()];
    const [one, two] = [aLikedPost(author), aLikedPost(author)];
    const comment = aLikedComment(author, one.postId);

    await notification.deliver(postLiked, one.like(bob));
    await notification.deliver(postLiked, two.like(bob));
    await notification.deliver(commentLiked, comment.like(bob));

    expect(await notification.list(author)).toHaveLength(3);
  });
});

describe('a like that is taken back', () => {
  it('takes the actor out, and the last one takes the notification away', async () => {
    const [author, first, second] = [aUser(), aUser(), aUser()];
    const { like } = aLikedPost(author);
    await notification.deliver(postLiked, like(first));
    await notification.deliver(postLiked, like(second));
    const createdAt = (await notification.list(author))[0]?.created_at;
    clock.advance(HOUR);

    await notification.deliver(postUnliked, like(second), { times: 2 });
    expect(await notification.list(author)).toEqual([
      expect.objectContaining({
        message: `${first.username} liked your post`,
        data: expect.objectContaining({ actor_id: first.id }),
        created_at: createdAt,
      }),
    ]);

    await notification.deliver(postUnliked, like(first));
    expect(await notification.list(author)).toEqual([]);
    expect(await notification.unread(author)).toBe(0);
    expect(await sentTo(author.id)).toHaveLength(2);
  });

  it('and given again is one, and is not told of again', async () => {
    const [author, bob] = [aUser(), aUser()];
    const { like } = aLikedPost(author);
    await notification.deliver(postLiked, like(bob));
    const [before] = await notification.list(author);
    await notification.as(author).patch(`/api/notifications/${before?.id}/mark-read`).expect(200);
    clock.advance(HOUR);

    await notification.deliver(postUnliked, like(bob));
    await notification.deliver(postLiked, like(bob));

    expect(await notification.list(author)).toEqual([{ ...before, read: true }]);
    expect(await sentTo(author.id)).toHaveLength(1);
  });

  it('and given again is one among others, too', async () => {
    const [author, bob, carol] = [aUser(), aUser(), aUser()];
    const { like } = aLikedComment(author);
    await notification.deliver(commentLiked, like(bob));
    await notification.deliver(commentLiked, like(carol));

    await notification.deliver(commentUnliked, like(bob));
    await notification.deliver(commentLiked, like(bob));

    expect(await messages(author)).toEqual([`${carol.username} and 1 other liked your comment`]);
    expect(await sentTo(author.id)).toHaveLength(2);
  });

  it('and given again a day later is told of anew', async () => {
    const [author, bob] = [aUser(), aUser()];
    const { like } = aLikedPost(author);
    await notification.deliver(postLiked, like(bob));
    await notification.deliver(postUnliked, like(bob));
    clock.advance(25 * HOUR);

    await notification.deliver(postLiked, like(bob));

    expect(await messages(author)).toEqual([`${bob.username} liked your post`]);
    expect(await sentTo(author.id)).toHaveLength(2);
  });

  it('before it was given, as far as events go, leaves nothing', async () => {
    const [author, bob] = [aUser(), aUser()];
    const { like } = aLikedPost(author);
    const [given, takenBack] = [like(bob), like(bob)];

    await notification.deliver(postUnliked, takenBack, { times: 2 });
    await notification.deliver(postLiked, given, { times: 2 });

    expect(await notification.list(author)).toEqual([]);
    expect(await sentTo(author.id)).toEqual([]);
  });

  it('late, after it was given again, changes nothing', async () => {
    const [author, bob] = [aUser(), aUser()];
    const { like } = aLikedPost(author);
    const [first, takenBack, again] = [like(bob), like(bob), like(bob)];

    await notification.deliver(postLiked, first);
    await notification.deliver(postLiked, again);
    await notification.deliver(postUnliked, takenBack);

    expect(await messages(author)).toEqual([`${bob.username} liked your post`]);
    expect(await sentTo(author.id)).toHaveLength(1);
  });

  it('is counted exactly in any order of a whole storm', async () => {
    const author = aUser();
    const { like } = aLikedPost(author);
    const fans = Array.from({ length: 12 }, () => aUser());
    const events = fans.flatMap((fan, index) => [
      { event: postLiked, data: like(fan) },
      { event: postUnliked, data: like(fan) },
      ...(index % 3 === 0 ? [] : [{ event: postLiked, data: like(fan) }]),
    ]);
    const shuffled = events.toSorted((a, b) => ((a.data.revision * 7) % 31) - ((b.data.revision * 7) % 31));

    await Promise.all(shuffled.map(({ event, data }) => notification.deliver(event, data)));

    expect(await messages(author)).toEqual([expect.stringMatching(/ and 7 others liked your post$/)]);
  });
});
