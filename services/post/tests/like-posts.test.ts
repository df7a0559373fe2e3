import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listLikers, setLike } from '@commons/contracts';
import { encodeCursor, NotFound, ServiceUnavailable } from '@commons/platform';
import { anId, aUser, buildService, fakeCall, PUBLIC_URL } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';

/** What `like` would know. */
const likers = Array.from({ length: 5 }, () => aUser());
let refusal: Error | undefined;
const set = fakeCall(setLike, ({ action }) => {
  if (refusal) throw refusal;
  return action === 'unlike'
    ? { liked: false, likes_count: 4, revision: 9 }
    : { liked: true, likes_count: 5, revision: 8 };
});
const list = fakeCall(listLikers, ({ skip, limit, before }) => {
  if (refusal) throw refusal;
  const start = before === undefined ? skip : likers.findIndex(({ id }) => id === before) + 1;
  return {
    count: likers.length,
    likers: likers.slice(start, start + limit).map(({ id, username }) => ({
      user_id: id,
      username,
      created_at: '2026-01-01T00:00:00.000Z',
      position: id,
    })),
  };
});

let post: PostService;
beforeAll(async () => {
  post = await buildService(service, { fakes: [set, list] });
});
afterAll(() => post.stop());

const localCount = async (id: string) => (await post.ctx.posts.find(id))?.likesCount;

describe('liking a post', () => {
  it.each([
    ['post', 'toggle', { liked: true, likes_count: 5, message: 'You like this post.' }],
    ['put', 'like', { liked: true, likes_count: 5, message: 'You like this post.' }],
    ['delete', 'unlike', { liked: false, likes_count: 4, message: 'You do not like this post.' }],
  ] as const)('with %s asks `like` to %s, and the count follows at once', async (method, action, expected) => {
    const alice = aUser();
    const id = await publish(post, alice, { title: 'Liked' });

    const { body } = await post.as(aUser())[method](`/api/posts/${id}/like`).expect(200);

    expect(body).toEqual({ post_id: id, ...expected });
    expect(set.inputs.at(-1)).toEqual({
      target_type: 'post',
      target_id: id,
      post_id: id,
      target_author_id: alice.id,
      title: 'Liked',
      action,
    });
    expect(await localCount(id)).toBe(expected.likes_count);
  });

  it('is for users, and for posts that there are', async () => {
    const id = await publish(post, aUser());

    for (const method of ['post', 'put', 'delete'] as const) {
      await post.as()[method](`/api/posts/${id}/like`).expect(401);
      await post.as(aUser())[method](`/api/posts/${anId()}/like`).expect(404);
      await post.as(aUser())[method]('/api/posts/x/like').expect(400);
    }
    const { headers } = await post.as(aUser()).get(`/api/posts/${id}/like`).expect(405);
    expect(headers['allow']).toContain('POST, PUT, DELETE');
  });

  it('says so where `like` knows that the post has gone, or is away', async () => {
    const id = await publish(post, aUser());

    refusal = new NotFound('There is no such post.', 'post_not_found');
    const gone = await post.as(aUser()).post(`/api/posts/${id}/like`).expect(404);
    refusal = new ServiceUnavailable();
    const away = await post.as(aUser()).post(`/api/posts/${id}/like`).expect(503);
    refusal = undefined;

    expect(gone.body).toMatchObject({ code: 'post_not_found' });
    expect(away.body).toMatchObject({ code: 'service_unavailable' });
  });
});

describe('who likes a post', () => {
  const view = likers.map(({ id, username }) => ({ user_id: id, username }));

  it('is listed page by page', async () => {
    const id = await publish(post, aUser());
    const path = `/api/posts/${id}/likes?limit=2`;

    const first = await post.as().get(path).expect(200);
    const last = await post.as().get(`${path}&page=3`).expect(200);

    expect(first.body).toEqual({
      count: 5,
      next: `${PUBLIC_URL}${path}&page=2`,
      previous: null,
      results: view.slice(0, 2),
    });
    expect(last.body).toEqual({
      count: 5,
      next: null,
      previous: `${PUBLIC_URL}${path}&page=2`,
      results: view.slice(4),
    });
  });

  it('is read to the end by cursor', async () => {
    const id = await publish(post, aUser());

    const read = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await post.as().get(`/api/posts/${id}/likes?limit=2&cursor=${cursor}`).expect(200);
      read.push(...body.results);
      cursor = body.next_cursor as string | null;
    }

    expect(read).toEqual(view);
  });

  it('takes the largest limit by cursor as well', async () => {
    const id = await publish(post, aUser());

    const { body } = await post.as().get(`/api/posts/${id}/likes?limit=500&cursor=`).expect(200);

    expect(body).toEqual({ next_cursor: null, results: view });
    expect(list.inputs.at(-1)).toMatchObject({ limit: 101 });
  });

  it('refuses odd queries, and knows no other posts', async () => {
    const id = await publish(post, aUser());

    for (const query of ['page=0', 'limit=x', 'cursor=nonsense', `cursor=${encodeCursor([{ $ne: 1 }])}`])
      await post.as().get(`/api/posts/${id}/likes?${query}`).expect(400);
    await post.as().get(`/api/posts/${anId()}/likes`).expect(404);
    await post.as().get('/api/posts/x/likes').expect(400);
  });

  it('is a 503 while `like` is away', async () => {
    const id = await publish(post, aUser());

    refusal = new ServiceUnavailable();
    await post.as().get(`/api/posts/${id}/likes`).expect(503);
    refusal = undefined;
  });
});
