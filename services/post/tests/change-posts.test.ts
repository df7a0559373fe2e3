import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postUpdated } from '@commons/contracts';
import { anAdmin, anId, aUser, buildService, fakeClock } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { aPost, publish, type PostService } from './a-post.ts';

const clock = fakeClock('2026-03-01T12:00:00.000Z');
let post: PostService;
beforeAll(async () => {
  post = await buildService(service, { clock });
});
afterAll(() => post.stop());

const updatesOf = async (id: string) =>
  (await post.published(postUpdated)).filter(({ subject }) => subject === id).map(({ data }) => data);

describe('changing a post', () => {
  it('writes it anew with PUT: what is left out goes back to its default, but for the visibility', async () => {
    const alice = aUser();
    const id = await publish(post, alice, { tags: ['a'], content_type: 'markdown', visibility: 'private' });
    const created_at = clock.now().toISOString();
    clock.advance(1_000);

    const { body, headers } = await post
      .as(alice)
      .put(`/api/posts/${id}`)
      .send({ title: 'New', content: 'Text' })
      .expect(200);

    const expected = {
      id,
      title: 'New',
      content: 'Text',
      content_type: 'text',
      image_url: null,
      author: { id: alice.id, username: alice.username },
      tags: [],
      visibility: 'private',
      created_at,
      updated_at: clock.now().toISOString(),
      likes_count: 0,
      comments_count: 0,
      views_count: 0,
    };
    expect(body).toEqual(expected);
    expect(headers['etag']).toMatch(/^"2-/);
    expect((await post.as(alice).get(`/api/posts/${id}`)).body).toEqual({ ...expected, likes: [] });
    expect(await updatesOf(id)).toEqual([
      {
        v: 1,
        meta: { actor_id: alice.id, ip: '203.0.113.7', user_agent: 'jest' },
        post_id: id,
        author_id: alice.id,
        author_username: alice.username,
        title: 'New',
        tags: [],
        visibility: 'private',
        created_at,
        revision: 2,
      },
    ]);
  });

  it('changes parts with PATCH, and leaves the rest', async () => {
    const alice = aUser();
    const id = await publish(post, alice, { title: 'Old', content: 'Stays', tags: ['a'] });

    const { body } = await post
      .as(alice)
      .patch(`/api/posts/${id}`)
      .send({ tags: ['b'], visibility: 'followers' })
      .expect(200);

    expect(body).toMatchObject({ title: 'Old', content: 'Stays', tags: ['b'], visibility: 'followers' });
  });

  it('takes a form as well', async () => {
    const alice = aUser();
    const id = await publish(post, alice);

    const { body } = await post.as(alice).patch(`/api/posts/${id}`).field('title', 'Form').field('tags', 'x,y');

    expect(body).toMatchObject({ title: 'Form', tags: ['x', 'y'] });
  });

  it('does nothing where nothing is said', async () => {
    const alice = aUser();
    const id = await publish(post, alice);

    const { headers } = await post.as(alice).patch(`/api/posts/${id}`).send({}).expect(200);

    expect(headers['etag']).toMatch(/^"1-/);
    expect(await updatesOf(id)).toEqual([]);
  });

  it('is for the author and admins', async () => {
    const alice = aUser();
    const id = await publish(post, alice);

    for (const method of ['put', 'patch'] as const) {
      await post.as()[method](`/api/posts/${id}`).send(aPost()).expect(401);
      const { body } = await post.as(aUser())[method](`/api/posts/${id}`).send(aPost()).expect(403);
      expect(body).toMatchObject({ code: 'not_your_post' });
      await post.as(anAdmin())[method](`/api/posts/${id}`).send(aPost()).expect(200);
      await post.as(alice)[method](`/api/posts/${anId()}`).send(aPost()).expect(404);
      await post.as(alice)[method]('/api/posts/x').send(aPost()).expect(400);
    }
    expect((await updatesOf(id)).every(({ author_id }) => author_id === alice.id)).toBe(true);
  });

  it('is refused to who has another version in hand; a like in between does not matter', async () => {
    const alice = aUser();
    const id = await publish(post, alice);
    const { headers } = await post.as(alice).get(`/api/posts/${id}`).expect(200);
    const path = `/api/posts/${id}`;
    const ifMatch = headers['etag']!;
    await post.as(aUser()).get(path).expect(200);

    await post.as(alice).patch(path).set('if-match', ifMatch).send({ title: 'First' }).expect(200);
    const { body } = await post.as(alice).patch(path).set('if-match', ifMatch).send({ title: 'Second' }).expect(412);

    expect(body).toMatchObject({ code: 'precondition_failed' });
    await post.as(alice).put(path).set('if-match', ifMatch).send(aPost()).expect(412);
    await post.as(alice).delete(path).set('if-match', ifMatch).expect(412);
    await post.as(aUser()).patch(path).set('if-match', ifMatch).send({ title: 'x' }).expect(403);
    await post.as(alice).patch(path).set('if-match', '*').send({ title: 'Third' }).expect(200);
    await post.as(alice).patch(path).set('if-match', 'nonsense').send({ title: 'x' }).expect(412);
  });

  it('lets only one of many with the same version in hand through', async () => {
    const alice = aUser();
    const id = await publish(post, alice);
    const { headers } = await post.as(alice).get(`/api/posts/${id}`).expect(200);

    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        post
          .as(alice)
          .patch(`/api/posts/${id}`)
          .set('if-match', headers['etag']!)
          .send({ title: `${index}` }),
      ),
    );

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
    expect(await updatesOf(id)).toHaveLength(1);
  });

  it.each([
    ['PUT without content', 'put', { title: 'a' }],
    ['PUT with null for a title', 'put', { title: null, content: 'b' }],
    ['PATCH with an empty title', 'patch', { title: '' }],
    ['PATCH with null for content', 'patch', { content: null }],
    ['PATCH with a text for tags', 'patch', { tags: 'a' }],
    ['PATCH with too many tags', 'patch', { tags: Array.from({ length: 11 }, (_, index) => `${index}`) }],
    ['PATCH with another visibility', 'patch', { visibility: 'all' }],
    ['PATCH with a text for an image', 'patch', { image: 'x' }],
    ['PATCH with an array', 'patch', []],
  ] as const)('refuses %s', async (_, method, change) => {
    const alice = aUser();
    const id = await publish(post, alice);

    const { body } = await post.as(alice)[method](`/api/posts/${id}`).send(change).expect(400);

    expect(body).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(await updatesOf(id)).toEqual([]);
  });
});
