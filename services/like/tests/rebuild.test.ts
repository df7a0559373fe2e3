import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listLikeCounts, listLikers, listPostReferences, listUsers } from '@commons/contracts';
import { anAdmin, aUser, buildService, fakeCall, until } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { aLikedPost, set, type LikedThing, type LikeService } from './a-like.ts';

const users = new Map<string, { username: string; username_revision: number }>();
const posts = new Map<string, { author_id: string; title: string }>();
let like: LikeService;
beforeAll(async () => {
  like = await buildService(service, {
    fakes: [
      fakeCall(listUsers, ({ ids = [] }) => ({
        users: ids.flatMap((id) => {
          const user = users.get(id);
          return user ? [{ id, roles: ['user' as const], status: 'active' as const, ...user }] : [];
        }),
      })),
      fakeCall(listPostReferences, ({ after = '', limit }) => ({
        posts: [...posts]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .filter(([id]) => id > after)
          .slice(0, limit)
          .map(([post_id, post]) => ({ post_id, visibility: 'public' as const, revision: 1, ...post })),
      })),
    ],
  });
});
afterAll(() => like.stop());

function exists(post: LikedThing, overrides: { title?: string } = {}): LikedThing {
  posts.set(post.target_id, { author_id: post.target_author_id, title: post.title, ...overrides });
  return post;
}

async function rebuild() {
  const path = '/api/admin/services/like/rebuild';
  await like.as(anAdmin()).post(path).expect(202);
  const run = async () => (await like.as(anAdmin()).get(path).expect(200)).body;
  await until(async () => (await run()).running === false);
  return run();
}

describe('rebuilding', () => {
  it('corrects nothing where all is right', async () => {
    await set(like, exists(aLikedPost()), aUser());

    const { results, error } = await rebuild();

    expect(error).toBeNull();
    expect(results.map(({ name, corrected }: { name: string; corrected: number }) => [name, corrected])).toEqual([
      ['counters', 0],
      ['likers', 0],
      ['targets', 0],
    ]);
  });

  it('counts the likes of a target and of a user anew', async () => {
    const post = exists(aLikedPost());
    const [bob, carol] = [aUser(), aUser()];
    for (const user of [bob, carol]) await set(like, post, user);
    await like.ctx.db.collection('like_counters').updateOne({ revision: 2 }, { $set: { likes_count: 77 } });
    await like.ctx.db.collection('likers').updateOne({ username: bob.username }, { $set: { likes_count: 5 } });

    const { results } = await rebuild();

    expect(results).toMatchObject([
      { name: 'counters', corrected: 1 },
      { name: 'likers', corrected: 1 },
      { name: 'targets', corrected: 0 },
    ]);
    const { body } = await like.call(listLikeCounts, { target_type: 'post' }).expect(200);
    expect(body.counts).toContainEqual({ target_id: post.target_id, likes_count: 2, revision: 3 });
    expect((await like.as(bob).get('/api/likes').expect(200)).body.count).toBe(1);
  });

  it('takes names from their owner', async () => {
    const post = exists(aLikedPost());
    const bob = aUser();
    await set(like, post, bob);
    users.set(bob.id, { username: 'right', username_revision: 4 });

    await rebuild();

    const { body } = await like.call(listLikers, { target_type: 'post', target_id: post.target_id }).expect(200);
    expect(body.likers).toMatchObject([{ user_id: bob.id, username: 'right' }]);
  });

  it('takes titles from their owner, and notices that a post has gone', async () => {
    const renamed = exists(aLikedPost(), { title: 'Another title' });
    const gone = aLikedPost();
    const bob = aUser();
    for (const post of [renamed, gone]) await set(like, post, bob);

    const { results } = await rebuild();

    expect(results[2]).toMatchObject({ name: 'targets', corrected: 2 });
    const [counter] = await like.ctx.counters.find([{ type: 'post', id: renamed.target_id }]);
    expect(counter?.details).toEqual({
      postId: renamed.target_id,
      authorId: renamed.target_author_id,
      title: 'Another title',
    });
    await set(like, gone, bob).expect(404);
    await until(async () => (await like.as(bob).get('/api/likes').expect(200)).body.count === 1);
  });

  it('is for admins', async () => {
    await like.as(aUser()).post('/api/admin/services/like/rebuild').expect(403);
    await like.as().post('/api/admin/services/like/rebuild').expect(401);
  });
});
