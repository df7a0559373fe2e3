import { afterAll, describe, expect, it } from '@jest/globals';
import { createApiClient, type Account, type Client } from './support/client.ts';
import { eventually } from './support/eventually.ts';
import { removeData, startPlatformProcess, type PlatformProcess } from './support/platform-process.ts';

let platform: PlatformProcess | undefined;
afterAll(async () => {
  await platform?.stop();
  if (platform) await removeData(platform.dataDir);
}, 60_000);

type Acknowledged = { posts: string[]; comments: string[]; likes: Set<string> };

describe('a platform that is killed in the middle of 500 writes', () => {
  it('has every acknowledged write and each of its effects after the restart, once', async () => {
    const first = await startPlatformProcess();
    platform = first;
    const before = createApiClient(first.url);
    const author = await before.register();
    const fans = await Promise.all(Array.from({ length: 10 }, () => before.register()));
    const target = (await before.send('POST', '/api/posts', { as: author, body: { title: 'Target', content: 'x' } }))
      .body.id as string;
    const acknowledged: Acknowledged = { posts: [], comments: [], likes: new Set() };

    const writing = writeAll(before, { author, fans, target, acknowledged, writes: 500 });
    await Promise.race([hasWritten(acknowledged, 200), writing]);
    await first.kill();
    await writing;
    platform = await startPlatformProcess({ dataDir: first.dataDir });

    const after = createApiClient(platform.url);
    for (const id of acknowledged.posts) expect((await after.send('GET', `/api/posts/${id}`)).status).toBe(200);
    const comments = await allComments(after, target);
    expect(comments).toEqual(expect.arrayContaining(acknowledged.comments));
    const likers = await after.send('GET', `/api/posts/${target}/likes?limit=100`);
    expect(likers.body.results.map(({ user_id }: { user_id: string }) => user_id)).toEqual(
      expect.arrayContaining([...acknowledged.likes]),
    );
    await eventually(
      () => after.send('GET', `/api/posts/${target}`),
      ({ body }) => body.likes_count === likers.body.count && body.comments_count === comments.length,
    );
    const told = await eventually(
      () => after.send('GET', '/api/notifications?limit=100', { as: author }),
      ({ headers }) => headers.get('x-total-count') === String(comments.length + (likers.body.count > 0 ? 1 : 0)),
    );
    expect(new Set(told.body.map(({ id }: { id: string }) => id)).size).toBe(told.body.length);
  }, 300_000);
});

/** Writes posts, comments and likes, ten at a time; what is not answered is not acknowledged. */
async function writeAll(
  api: Client,
  plan: { author: Account; fans: Account[]; target: string; acknowledged: Acknowledged; writes: number },
): Promise<void> {
  const { fans, target, acknowledged, writes } = plan;
  let next = 0;
  const write = async (index: number, fan: Account): Promise<void> => {
    if (index % 3 === 0) {
      const { status, body } = await api.send('POST', '/api/posts', {
        as: fan,
        body: { title: `Post ${index}`, content: 'x' },
      });
      if (status === 201) acknowledged.posts.push(body.id as string);
    } else if (index % 3 === 1) {
      const { status, body } = await api.send('POST', '/api/comments', {
        as: fan,
        body: { post_id: target, content: `Comment ${index}` },
      });
      if (status === 201) acknowledged.comments.push(body.id as string);
    } else {
      const { status } = await api.send('PUT', `/api/posts/${target}/like`, { as: fan });
      if (status === 200) acknowledged.likes.add(fan.id);
    }
  };
  const work = async (fan: Account): Promise<void> => {
    while (next < writes) {
      try {
        await write(next++, fan);
      } catch {
        return;
      }
    }
  };
  await Promise.all(fans.map(work));
}

/** Resolves once so many writes have been acknowledged. */
async function hasWritten({ posts, comments, likes }: Acknowledged, count: number): Promise<void> {
  while (posts.length + comments.length + likes.size < count) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function allComments(api: Client, postId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 1; ; page++) {
    const { body } = await api.send('GET', `/api/comments?post_id=${postId}&limit=100&page=${page}`);
    ids.push(...(body as { id: string }[]).map(({ id }) => id));
    if (body.length < 100) return ids;
  }
}
