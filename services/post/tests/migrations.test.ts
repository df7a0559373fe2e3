import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aUser, buildService } from '@commons/platform/testing';
import { keepFollowsAndBlocks } from '../migrations/0002-follows-and-blocks.ts';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';
import { follow } from './relations.ts';

let post: PostService;
beforeAll(async () => {
  post = await buildService(service);
});
afterAll(() => post.stop());

describe('posts from before there were followers', () => {
  it('come into their lists, but for private ones, however often it is tried', async () => {
    const [alice, reader] = [aUser(), aUser()];
    const ids = [await publish(post, alice), await publish(post, alice, { visibility: 'followers', tags: ['A'] })];
    await publish(post, alice, { visibility: 'private' });
    const posts = post.ctx.db.collection('posts');
    const lists = () =>
      posts
        .find({}, { projection: { lists: 1 } })
        .sort({ _id: 1 })
        .toArray();
    const before = await lists();
    await posts.updateMany({}, { $pull: { lists: `author:${alice.id}|followers` } as never });
    await follow(post, reader, alice);
    const feed = async () =>
      (await post.as(reader).get('/api/posts/feed').expect(200)).body.results as { id: string }[];
    expect(await feed()).toEqual([]);

    for (let time = 0; time < 2; time++) await keepFollowsAndBlocks.up(post.ctx.db);

    expect((await feed()).map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    const sorted = (all: typeof before) => all.map(({ lists: names }) => (names as string[]).toSorted());
    expect(sorted(await lists())).toEqual(sorted(before));
  });
});
