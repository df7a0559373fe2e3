import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postCreated } from '@commons/contracts';
import { aUser, buildService, fakeClock } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { type PostService } from './a-post.ts';

const clock = fakeClock();
let post: PostService;
beforeAll(async () => {
  post = await buildService(service, { clock });
});
afterAll(() => post.stop());

describe('publishing a post', () => {
  it('answers with the post, its author as an id, and tells the others', async () => {
    const alice = aUser();

    const { body, headers } = await post
      .as(alice)
      .post('/api/posts')
      .send({ title: ' Hello ', content: 'World', tags: ['Dapr', ' #dapr', 'Node'], visibility: 'public' })
      .expect(201);

    const now = clock.now().toISOString();
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      title: 'Hello',
      content: 'World',
      content_type: 'text',
      image_url: null,
      author: alice.id,
      tags: ['Dapr', 'Node'],
      visibility: 'public',
      created_at: now,
      updated_at: now,
      likes_count: 0,
      comments_count: 0,
      views_count: 0,
    });
    expect(headers).toMatchObject({ location: `/api/posts/${body.id}`, etag: expect.stringMatching(/^"1-/) });
    expect(await post.published(postCreated)).toEqual([
      expect.objectContaining({
        type: 'PostCreated',
        source: 'post',
        subject: body.id,
        data: {
          v: 1,
          meta: { actor_id: alice.id, ip: '203.0.113.7', user_agent: 'jest' },
          post_id: body.id,
          author_id: alice.id,
          author_username: alice.username,
          title: 'Hello',
          tags: ['Dapr', 'Node'],
          visibility: 'public',
          created_at: now,
          revision: 1,
        },
      }),
    ]);
  });
});
