import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postDeleted } from '@commons/contracts';
import { anAdmin, anId, aUser, buildService } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';

let post: PostService;
beforeAll(async () => {
  post = await buildService(service);
});
afterAll(() => post.stop());

const deletionsOf = async (id: string) => (await post.published(postDeleted)).filter(({ subject }) => subject === id);

describe('deleting a post', () => {
  it('removes it and tells the others', async () => {
    const alice = aUser();
    const id = await publish(post, alice);

    const { body } = await post.as(alice).delete(`/api/posts/${id}`).expect(204);

    expect(body).toEqual({});
    await post.as(alice).get(`/api/posts/${id}`).expect(404);
    await post.as(alice).delete(`/api/posts/${id}`).expect(404);
    expect((await post.as(alice).get(`/api/posts?author_id=${alice.id}`)).body.count).toBe(0);
    expect((await deletionsOf(id)).map(({ data }) => data)).toEqual([
      {
        v: 1,
        meta: { actor_id: alice.id, ip: '203.0.113.7', user_agent: 'jest' },
        post_id: id,
        author_id: alice.id,
      },
    ]);
  });

  it('is for the author and admins', async () => {
    const id = await publish(post, aUser());

    await post.as().delete(`/api/posts/${id}`).expect(401);
    await post.as(aUser()).delete(`/api/posts/${id}`).expect(403);
    await post.as(aUser()).delete(`/api/posts/${anId()}`).expect(404);
    await post.as(aUser()).delete('/api/posts/x').expect(400);
    await post.as(anAdmin()).delete(`/api/posts/${id}`).expect(204);
  });

  it('happens once, however many ask at once', async () => {
    const alice = aUser();
    const id = await publish(post, alice, { tags: [`once-${alice.username}`] });

    const answers = await Promise.all(Array.from({ length: 6 }, () => post.as(alice).delete(`/api/posts/${id}`)));

    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404, 404, 404, 404, 404]);
    expect(await deletionsOf(id)).toHaveLength(1);
    expect((await post.as().get(`/api/tags?q=once-${alice.username}`)).body.results).toEqual([]);
  });
});
