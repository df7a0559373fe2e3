import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commentLiked, commentUnliked, postLiked, postUnliked, setLike } from '@commons/contracts';
import { anId, aUser, buildService } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { aLikedComment, aLikedPost, set, type LikeService } from './a-like.ts';

let like: LikeService;
beforeAll(async () => {
  like = await buildService(service);
});
afterAll(() => like.stop());

const about = (subject: string) => (event: { subject?: string }) => event.subject === subject;

describe('setting a like', () => {
  it('likes a post once, however often it is asked to, and tells of it once', async () => {
    const post = aLikedPost();
    const bob = aUser();

    const first = await set(like, post, bob).expect(200);
    const second = await set(like, post, bob).expect(200);

    expect(first.body).toEqual({ liked: true, likes_count: 1, revision: 1 });
    expect(second.body).toEqual({ liked: true, likes_count: 1, revision: 1 });
    expect((await like.published(postLiked)).filter(about(post.target_id))).toEqual([
      expect.objectContaining({
        type: 'PostLiked',
        source: 'like',
        subject: post.target_id,
        data: {
          v: 1,
          meta: { actor_id: bob.id, ip: '203.0.113.7', user_agent: 'jest' },
          post_id: post.target_id,
          post_author_id: post.target_author_id,
          post_title: 'A post',
          user_id: bob.id,
          username: bob.username,
          likes_count: 1,
          revision: 1,
        },
      }),
    ]);
  });

  it('takes a like back once, and tells of it once', async () => {
    const post = aLikedPost();
    const [bob, carol] = [aUser(), aUser()];
    await set(like, post, bob);
    await set(like, post, carol);

    const first = await set(like, post, bob, 'unlike').expect(200);
    const second = await set(like, post, bob, 'unlike').expect(200);

    expect(first.body).toEqual({ liked: false, likes_count: 1, revision: 3 });
    expect(second.body).toEqual({ liked: false, likes_count: 1, revision: 3 });
    expect((await like.published(postUnliked)).filter(about(post.target_id)).map(({ data }) => data)).toEqual([
      expect.objectContaining({ user_id: bob.id, username: bob.username, likes_count: 1, revision: 3 }),
    ]);
  });

  it('takes back nothing where there is nothing', async () => {
    const post = aLikedPost();

    const { body } = await set(like, post, aUser(), 'unlike').expect(200);

    expect(body).toEqual({ liked: false, likes_count: 0, revision: 0 });
    expect((await like.published(postUnliked)).filter(about(post.target_id))).toEqual([]);
  });

  it('turns a like on and off', async () => {
    const post = aLikedPost();
    const bob = aUser();

    const on = await set(like, post, bob, 'toggle').expect(200);
    const off = await set(like, post, bob, 'toggle').expect(200);
    const onAgain = await set(like, post, bob, 'toggle').expect(200);

    expect([on.body, off.body, onAgain.body]).toEqual([
      { liked: true, likes_count: 1, revision: 1 },
      { liked: false, likes_count: 0, revision: 2 },
      { liked: true, likes_count: 1, revision: 3 },
    ]);
  });

  it('tells of a comment that is liked and not liked any more', async () => {
    const comment = aLikedComment();
    const bob = aUser();

    await set(like, comment, bob).expect(200);
    await set(like, comment, bob, 'unlike').expect(200);

    const data = {
      v: 1,
      meta: { actor_id: bob.id, ip: '203.0.113.7', user_agent: 'jest' },
      comment_id: comment.target_id,
      comment_author_id: comment.target_author_id,
      post_id: comment.post_id,
      user_id: bob.id,
      username: bob.username,
    };
    const liked = (await like.published(commentLiked)).filter(about(comment.target_id));
    const unliked = (await like.published(commentUnliked)).filter(about(comment.target_id));
    expect(liked.map((event) => event.data)).toEqual([{ ...data, likes_count: 1, revision: 1 }]);
    expect(unliked.map((event) => event.data)).toEqual([{ ...data, likes_count: 0, revision: 2 }]);
  });

  it('keeps a post and a comment of the same id apart', async () => {
    const post = aLikedPost();
    const comment = { ...aLikedComment(), target_id: post.target_id };
    const bob = aUser();

    await set(like, post, bob).expect(200);
    const { body } = await set(like, comment, bob, 'toggle').expect(200);

    expect(body).toEqual({ liked: true, likes_count: 1, revision: 1 });
  });

  it('has one effect and one answer for an Idempotency-Key', async () => {
    const post = aLikedPost();
    const bob = aUser();
    const key = anId();

    const first = await set(like, post, bob, 'toggle').set('idempotency-key', key).expect(200);
    const second = await set(like, post, bob, 'toggle').set('idempotency-key', key).expect(200);

    expect(second.body).toEqual(first.body);
    expect(second.body).toEqual({ liked: true, likes_count: 1, revision: 1 });
  });

  it('is for `post` and `comment` only, in the name of a user', async () => {
    const input = { ...aLikedPost(), action: 'like' as const };

    await like.call(setLike, input, { caller: 'post' }).expect(401);
    await like.call(setLike, input, { as: aUser(), caller: 'notification' }).expect(403);
    await like.call(setLike, input, { as: aUser(), caller: 'gateway' }).expect(403);
    await like.as(aUser()).post('/internal/SetLike').send(input).expect(403);
  });

  it.each([
    ['no target', { target_id: undefined }],
    ['an id that is none', { target_id: 'x' }],
    ['an id that is an object', { target_id: { $ne: null } }],
    ['a number for a title', { title: 5 }],
    ['null for an author', { target_author_id: null }],
  ])('refuses %s as a bad request', async (_, change) => {
    const { body } = await set(like, { ...aLikedPost(), ...(change as object) }, aUser()).expect(400);

    expect(body).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  it('refuses what cannot be liked, or done to a like', async () => {
    const input = { ...aLikedPost(), action: 'like' as const };

    await like.call(setLike, { ...input, target_type: 'user' as 'post' }, { as: aUser() }).expect(422);
    await like.call(setLike, { ...input, action: 'love' as 'like' }, { as: aUser() }).expect(422);
  });
});
