import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listLikers, postLiked, postUnliked } from '@commons/contracts';
import { aUser, buildService } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { aLikedPost, set, type LikedThing, type LikeService } from './a-like.ts';

let like: LikeService;
let otherReplica: LikeService;
beforeAll(async () => {
  like = await buildService(service);
  otherReplica = await buildService(service, {
    environment: { DATABASE_PREFIX: like.ctx.config.DATABASE_PREFIX },
  });
});
afterAll(async () => {
  await otherReplica.stop();
  await like.stop();
});

const users = (length: number) => Array.from({ length }, () => aUser());
const upTo = (length: number) => Array.from({ length }, (_, index) => index + 1);
const inOrder = (numbers: number[]) => numbers.toSorted((a, b) => a - b);

async function likersOf(post: LikedThing): Promise<{ count: number; ids: string[] }> {
  const { body } = await like.call(listLikers, { target_type: 'post', target_id: post.target_id }).expect(200);
  return { count: body.count, ids: body.likers.map(({ user_id }: { user_id: string }) => user_id).toSorted() };
}

describe('many likes at once', () => {
  it('counts 50 users who like one post as exactly 50, each with a number of their own, in good time', async () => {
    const post = aLikedPost();
    const fans = users(50);
    const startedAt = performance.now();

    const answers = await Promise.all(fans.map((fan) => set(like, post, fan)));

    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(answers.map(({ status }) => status)).toEqual(fans.map(() => 200));
    expect(inOrder(answers.map(({ body }) => body.likes_count))).toEqual(upTo(50));
    expect(await likersOf(post)).toEqual({ count: 50, ids: fans.map(({ id }) => id).toSorted() });
    const events = (await like.published(postLiked)).filter(({ subject }) => subject === post.target_id);
    expect(inOrder(events.map(({ data }) => data['revision'] as number))).toEqual(upTo(50));
    expect(events.every(({ data }) => data['likes_count'] === data['revision'])).toBe(true);
  });

  it('counts exactly when two replicas take the likes', async () => {
    const post = aLikedPost();
    const fans = users(30);

    const answers = await Promise.all(fans.map((fan, index) => set(index % 2 === 0 ? like : otherReplica, post, fan)));

    expect(answers.map(({ status }) => status)).toEqual(fans.map(() => 200));
    expect(inOrder(answers.map(({ body }) => body.likes_count))).toEqual(upTo(30));
    expect(await likersOf(post)).toEqual({ count: 30, ids: fans.map(({ id }) => id).toSorted() });
  });

  it('lets one user who likes a post 20 times at once have one like', async () => {
    const post = aLikedPost();
    const fan = aUser();

    const answers = await Promise.all(upTo(20).map(() => set(like, post, fan)));

    expect(answers.map(({ body }) => body)).toEqual(upTo(20).map(() => ({ liked: true, likes_count: 1, revision: 1 })));
    expect(await likersOf(post)).toEqual({ count: 1, ids: [fan.id] });
  });

  it('turns a like on and off as often as it is asked to at once', async () => {
    const post = aLikedPost();
    const fan = aUser();

    const answers = await Promise.all(upTo(21).map(() => set(like, post, fan, 'toggle')));

    expect(answers.filter(({ body }) => body.liked === true)).toHaveLength(11);
    expect(await likersOf(post)).toEqual({ count: 1, ids: [fan.id] });
    const unliked = (await like.published(postUnliked)).filter(({ subject }) => subject === post.target_id);
    expect(unliked).toHaveLength(10);
  });

  it('counts exactly while some like and others take their likes back', async () => {
    const post = aLikedPost();
    const [leaving, coming] = [users(15), users(15)];
    await Promise.all(leaving.map((fan) => set(like, post, fan)));

    await Promise.all([
      ...leaving.map((fan) => set(like, post, fan, 'unlike').expect(200)),
      ...coming.map((fan) => set(like, post, fan).expect(200)),
    ]);

    expect(await likersOf(post)).toEqual({ count: 15, ids: coming.map(({ id }) => id).toSorted() });
  });

  it('counts the likes of one user exactly, who likes 20 posts at once', async () => {
    const fan = aUser();
    const posts = upTo(20).map(() => aLikedPost());

    await Promise.all(posts.map((post) => set(like, post, fan).expect(200)));

    const { body } = await like.as(fan).get('/api/likes').expect(200);
    expect(body.count).toBe(20);
    expect(body.results.map(({ target_id }: { target_id: string }) => target_id).toSorted()).toEqual(
      posts.map(({ target_id }) => target_id).toSorted(),
    );
  });
});
