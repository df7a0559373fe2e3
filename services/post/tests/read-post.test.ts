import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listLikers, postLiked, postViewed } from '@commons/contracts';
import { ServiceUnavailable } from '@commons/platform';
import { anAdmin, anId, aUser, buildService, fakeCall, fakeClock } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';

const clock = fakeClock('2026-03-01T12:00:00.000Z');
const carol = aUser();
let isLikeAway = false;
const likers = fakeCall(listLikers, () => {
  if (isLikeAway) throw new ServiceUnavailable();
  const created_at = clock.now().toISOString();
  return { count: 7, likers: [{ user_id: carol.id, username: carol.username, created_at, position: 'p' }] };
});
let post: PostService;
beforeAll(async () => {
  post = await buildService(service, { clock, fakes: [likers] });
});
afterAll(() => post.stop());

const viewsOf = async (id: string) => (await post.as().get(`/api/posts/${id}`).expect(200)).body.views_count as number;
const viewsTold = async (id: string) =>
  (await post.published(postViewed)).filter(({ subject }) => subject === id).map(({ data }) => data['viewer_id']);

describe('reading a post', () => {
  it('shows it with its latest likers', async () => {
    const alice = aUser();
    const id = await publish(post, alice, { title: 'A', content: 'B' });

    const { body, headers } = await post.as().get(`/api/posts/${id}`).expect(200);

    const now = clock.now().toISOString();
    expect(body).toEqual({
      id,
      title: 'A',
      content: 'B',
      content_type: 'text',
      image_url: null,
      author: { id: alice.id, username: alice.username },
      tags: [],
      visibility: 'public',
      created_at: now,
      updated_at: now,
      likes_count: 7,
      comments_count: 0,
      views_count: 0,
      likes: [{ user_id: carol.id, username: carol.username }],
    });
    expect(likers.inputs.at(-1)).toEqual({ target_type: 'post', target_id: id, skip: 0, limit: 100 });
    expect(headers['etag']).toMatch(/^"1-/);
  });

  it('does without likers, and with the count known here, while `like` is away', async () => {
    const alice = aUser();
    const id = await publish(post, alice);
    const about = { post_id: id, post_author_id: alice.id, post_title: '', user_id: carol.id, username: 'c' };
    await post.deliver(postLiked, { ...about, likes_count: 3, revision: 3 });
    isLikeAway = true;

    const { body } = await post.as().get(`/api/posts/${id}`).expect(200);

    isLikeAway = false;
    expect(body).toMatchObject({ likes_count: 3, likes: [] });
  });

  it('answers 304 to who has it already', async () => {
    const id = await publish(post, aUser());
    const { headers } = await post.as().get(`/api/posts/${id}`).expect(200);

    await post.as().get(`/api/posts/${id}/`).set('if-none-match', headers['etag']!).expect(304);
  });

  it('knows no other post, and no other form of an id', async () => {
    const { body } = await post.as().get(`/api/posts/${anId()}`).expect(404);

    expect(body).toMatchObject({ status: 404, code: 'post_not_found' });
    for (const id of ['x', '0'.repeat(23), '0'.repeat(25), '%00', 'g'.repeat(24), '%7B%22$ne%22:1%7D', '__proto__'])
      await post.as().get(`/api/posts/${id}`).expect(400);
  });

  it('takes an id in capital letters as the same', async () => {
    const id = await publish(post, aUser());

    const { body } = await post.as().get(`/api/posts/${id.toUpperCase()}`).expect(200);

    expect(body.id).toBe(id);
  });
});

describe('views of a post', () => {
  it('count once a day for each user but the author, and are told', async () => {
    const alice = aUser();
    const [bob, admin] = [aUser(), anAdmin()];
    const id = await publish(post, alice);

    const first = await post.as(bob).get(`/api/posts/${id}`).expect(200);
    await post.as(bob).get(`/api/posts/${id}`).expect(200);
    await post.as(alice).get(`/api/posts/${id}`).expect(200);
    await post.as().get(`/api/posts/${id}`).expect(200);
    await post.as(admin).get(`/api/posts/${id}`).expect(200);

    expect(first.body.views_count).toBe(1);
    expect(await viewsOf(id)).toBe(2);
    expect((await viewsTold(id)).toSorted()).toEqual([bob.id, admin.id].toSorted());
  });

  it('count again on the next day', async () => {
    const bob = aUser();
    const id = await publish(post, aUser());
    await post.as(bob).get(`/api/posts/${id}`).expect(200);

    clock.advance(12 * 60 * 60_000);
    await post.as(bob).get(`/api/posts/${id}`).expect(200);

    expect(await viewsOf(id)).toBe(2);
  });

  it('count exactly when many come at once, and one of them often', async () => {
    const id = await publish(post, aUser());
    const bob = aUser();
    const readers = Array.from({ length: 30 }, (_, index) => (index < 10 ? bob : aUser()));

    await Promise.all(readers.map((reader) => post.as(reader).get(`/api/posts/${id}`).expect(200)));

    expect(await viewsOf(id)).toBe(21);
    expect(await viewsTold(id)).toHaveLength(21);
  });

  it('are not counted where there is nothing to see', async () => {
    const id = await publish(post, aUser(), { visibility: 'private' });

    await post.as(aUser()).get(`/api/posts/${id}`).expect(404);

    expect(await viewsTold(id)).toEqual([]);
  });
});
