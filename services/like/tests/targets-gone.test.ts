import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commentDeleted, listLikeCounts, listLikers, postDeleted, postUnliked } from '@commons/contracts';
import { anId, aUser, buildService, until, type TestUser } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { aLikedComment, aLikedPost, set, type LikedThing, type LikeService } from './a-like.ts';

let like: LikeService;
beforeAll(async () => {
  like = await buildService(service);
});
afterAll(() => like.stop());

const likersOf = async ({ target_type, target_id }: LikedThing) =>
  (await like.call(listLikers, { target_type, target_id }).expect(200)).body;

const likesBy = async (user: TestUser) => (await like.as(user).get('/api/likes').expect(200)).body;

const deletePost = ({ target_id, target_author_id }: LikedThing, options = {}) =>
  like.deliver(postDeleted, { post_id: target_id, author_id: target_author_id }, options);

const deleteComment = ({ target_id, post_id, target_author_id }: LikedThing, options = {}) =>
  like.deliver(
    commentDeleted,
    { comment_id: target_id, post_id, author_id: target_author_id, comments_count: 0, thread_revision: 9 },
    options,
  );

describe('likes of what has gone', () => {
  it('go with a post, without a word of each, however often it is told', async () => {
    const post = aLikedPost();
    const other = aLikedPost();
    const fans = [aUser(), aUser(), aUser()];
    for (const fan of fans) await set(like, post, fan);
    await set(like, other, fans[0]!);

    await deletePost(post, { times: 3 });
    await deletePost(post);

    await until(async () => (await likesBy(fans[2]!)).count === 0);
    expect(await likersOf(post)).toEqual({ count: 0, likers: [] });
    expect(await likesBy(fans[0]!)).toMatchObject({ count: 1, results: [{ target_id: other.target_id }] });
    expect((await like.published(postUnliked)).filter(({ subject }) => subject === post.target_id)).toEqual([]);
    const { body } = await like.call(listLikeCounts, { target_type: 'post' }).expect(200);
    expect(body.counts.map(({ target_id }: { target_id: string }) => target_id)).toEqual([other.target_id]);
  });

  it('are more than one step can remove', async () => {
    const post = aLikedPost();
    const fans = Array.from({ length: 250 }, () => aUser());
    for (let at = 0; at < fans.length; at += 50)
      await Promise.all(fans.slice(at, at + 50).map((fan) => set(like, post, fan).expect(200)));

    await deletePost(post);

    await until(async () => (await likersOf(post)).likers.length === 0);
    await until(async () => (await likesBy(fans[249]!)).count === 0);
    expect(await likesBy(fans[0]!)).toMatchObject({ count: 0, results: [] });
  });

  it.each(['like', 'unlike', 'toggle'] as const)('answer 404 to a late %s', async (action) => {
    const [post, comment] = [aLikedPost(), aLikedComment()];
    const bob = aUser();
    await set(like, post, bob);
    await deletePost(post);
    await deleteComment(comment);
    await until(async () => (await likesBy(bob)).count === 0);

    const ofPost = await set(like, post, bob, action).expect(404);
    const ofComment = await set(like, comment, bob, action).expect(404);

    expect(ofPost.body).toMatchObject({ code: 'post_not_found' });
    expect(ofComment.body).toMatchObject({ code: 'comment_not_found' });
    expect(await likersOf(post)).toEqual({ count: 0, likers: [] });
  });

  it('go with a comment alone', async () => {
    const postId = anId();
    const [gone, kept] = [aLikedComment(postId), aLikedComment(postId)];
    const bob = aUser();
    await set(like, gone, bob);
    await set(like, kept, bob);

    await deleteComment(gone, { times: 3 });

    await until(async () => (await likesBy(bob)).count === 1);
    expect((await likersOf(kept)).count).toBe(1);
    expect((await likersOf(gone)).count).toBe(0);
  });

  it('go with the comments of a post that has gone, and its comments cannot be liked any more', async () => {
    const post = aLikedPost();
    const comments = Array.from({ length: 60 }, () => aLikedComment(post.target_id));
    const neverLiked = aLikedComment(post.target_id);
    const bob = aUser();
    for (const comment of comments) await set(like, comment, bob).expect(200);

    await deletePost(post);

    await until(async () => (await likesBy(bob)).count === 0);
    await set(like, neverLiked, bob).expect(404);
    await set(like, comments[0]!, bob).expect(404);
    await deleteComment(comments[0]!);
    expect((await likersOf(comments[0]!)).count).toBe(0);
  });

  it('stay none where the likes come at the same time as the end', async () => {
    const post = aLikedPost();
    const fans = Array.from({ length: 20 }, () => aUser());

    const [, ...answers] = await Promise.all([deletePost(post), ...fans.map((fan) => set(like, post, fan))]);

    expect(answers.every(({ status }) => status === 200 || status === 404)).toBe(true);
    await until(async () => (await likersOf(post)).likers.length === 0);
    for (const fan of fans) await until(async () => (await likesBy(fan)).count === 0);
    expect(await likersOf(post)).toEqual({ count: 0, likers: [] });
  });
});
