import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { userDataErased, userDeleted } from '@commons/contracts';
import { aUser, buildService, startAzurite, until, type Azurite } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';

let azurite: Azurite;
let secrets: Record<string, string>;
beforeAll(async () => {
  azurite = await startAzurite();
  secrets = { 'blob-connection-string': azurite.connectionString };
});
afterAll(() => azurite.stop());

/** A service whose work behind the requests has stopped, as in a process that died right after a commit. */
async function halted(): Promise<PostService> {
  const post: PostService = await buildService(service, { secrets });
  await Promise.all([post.ctx.imageBacklog.stop(), post.ctx.tagBacklog.stop(), post.ctx.jobs.stop()]);
  return post;
}

const successorOf = (post: PostService): Promise<PostService> =>
  buildService(service, { secrets, environment: { DATABASE_PREFIX: post.ctx.config.DATABASE_PREFIX } });

describe('after a crash', () => {
  it('images that were to go are removed, tags counted and authors erased by whoever starts next', async () => {
    const post = await halted();
    const [alice, bob] = [aUser(), aUser()];
    await publish(post, alice);
    await publish(post, bob, { tags: ['counted'] });
    await post.deliver(userDeleted, { user_id: alice.id });
    await post.ctx.imageRemovals.reserve('orphan.png', new Date(Date.now() - 1));
    await post.ctx.images.put('orphan.png', Buffer.from('x'), 'image/png');
    expect((await post.as().get(`/api/posts?author_id=${alice.id}`)).body.count).toBe(1);

    const successor = await successorOf(post);

    await until(async () => (await successor.published(userDataErased)).length === 1);
    await until(async () => (await successor.ctx.images.get('orphan.png')) === undefined);
    await until(async () => !(await successor.ctx.tags.hasChanges()));
    expect(await successor.ctx.tags.list({ prefix: '', limit: 10 })).toEqual([{ tag: 'counted', postsCount: 1 }]);
    expect((await successor.as().get(`/api/posts?author_id=${alice.id}`)).body.count).toBe(0);
    await successor.stop();
    await post.stop();
  });
});
