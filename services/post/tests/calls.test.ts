import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getVisiblePost, listPostReferences } from '@commons/contracts';
import { anId, aUser, buildService } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';

let post: PostService;
beforeAll(async () => {
  post = await buildService(service);
});
afterAll(() => post.stop());

describe('what other services ask of posts', () => {
  it('is a post that a user may see', async () => {
    const alice = aUser();
    const post_id = await publish(post, alice, { title: 'A', visibility: 'followers' });

    const { body } = await post.call(getVisiblePost, { post_id }, { as: alice }).expect(200);

    expect(body).toEqual({ post_id, author_id: alice.id, title: 'A', visibility: 'followers', revision: 1 });
    const refusal = await post.call(getVisiblePost, { post_id }, { as: aUser() }).expect(404);
    expect(refusal.body).toMatchObject({ code: 'post_not_found' });
    await post.call(getVisiblePost, { post_id: anId() }).expect(404);
    await post.call(getVisiblePost, { post_id: 'x' }).expect(400);
  });

  it('is all posts in the order of their ids', async () => {
    const alice = aUser();
    const ids = [];
    for (const visibility of ['public', 'private', 'public']) ids.push(await publish(post, alice, { visibility }));
    ids.sort();

    const { body } = await post.call(listPostReferences, { after: ids[0]!, limit: 2 }).expect(200);

    expect(body.posts.map(({ post_id }: { post_id: string }) => post_id)).toEqual(ids.slice(1));
    const past = await post.call(listPostReferences, { after: 'f'.repeat(24) }).expect(200);
    expect(past.body).toEqual({ posts: [] });
    await post.call(listPostReferences, { limit: 1_001 }).expect(422);
  });

  it('is for the services that need it, and never for the outside', async () => {
    const post_id = await publish(post, aUser());

    await post.call(getVisiblePost, { post_id }, { caller: 'gateway' }).expect(403);
    await post.call(getVisiblePost, { post_id }, { caller: 'auth' }).expect(403);
    await post.call(listPostReferences, {}, { caller: 'realtime' }).expect(403);
    await post.as(aUser()).post('/internal/GetVisiblePost').send({ post_id }).expect(403);
  });
});
