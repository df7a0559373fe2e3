import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { demoApi } from '../src/api.ts';
import { parseGraph } from '../src/graph.ts';
import { load } from '../src/load.ts';
import { makePlan } from '../src/plan.ts';
import { politeClient } from '../src/polite-client.ts';
import type { FakePlatform } from './fake-platform.ts';
import { startFakePlatform } from './fake-platform.ts';

const noWait = () => Promise.resolve();
const noProgress = { start: () => undefined, tick: () => undefined, stop: () => undefined };
const graph = parseGraph('0 1\n0 2\n0 3\n1 2\n2 3\n3 4\n4 0\n');
const plan = makePlan(graph, { seed: 5, postsPerUser: 2 });
const [ada] = plan.people;

let platform: FakePlatform;
beforeEach(async () => {
  platform = await startFakePlatform();
});
afterEach(() => platform.close());

function run({ password = 'secret-words', runId = 'run' } = {}) {
  const api = demoApi({ client: politeClient({ url: platform.url, wait: noWait }), password, runId });
  return load(plan, { api, concurrency: 4, progress: noProgress });
}

describe('loading a plan', () => {
  it('makes everybody, what they write and what they like', async () => {
    const loaded = await run();
    expect(loaded).toEqual({
      made: { people: 5, posts: 10, comments: plan.comments.length },
      found: { people: 0, posts: 0, comments: 0 },
      likes: plan.likes.length,
      refused: new Map(),
    });
    expect([...platform.accounts.keys()].sort()).toEqual(plan.people.map(({ username }) => username).sort());
    const nameOf = (author: number) => plan.people[author]?.username;
    expect(platform.posts.map(({ author, title }) => `${author}: ${title}`).sort()).toEqual(
      plan.posts.map(({ author, title }) => `user-${nameOf(author)}: ${title}`).sort(),
    );
    expect(platform.comments).toHaveLength(plan.comments.length);
    expect(platform.likes.size).toBe(plan.likes.length);
  });

  it('adds nothing the second time', async () => {
    await run();
    const { posts, comments, likes } = platform;
    const before = structuredClone({ posts, comments, likes });
    expect(await run({ runId: 'second' })).toEqual({
      made: { people: 0, posts: 0, comments: 0 },
      found: { people: 5, posts: 10, comments: plan.comments.length },
      likes: plan.likes.length,
      refused: new Map(),
    });
    expect({ posts: platform.posts, comments: platform.comments, likes: platform.likes }).toEqual(before);
  });

  it('gives every post and comment a key of its own, so that a repeated request has one effect', async () => {
    await run({ runId: 'one' });
    expect(new Set(platform.keys).size).toBe(plan.posts.length + plan.comments.length);
    expect(platform.keys.filter((key) => !key.startsWith('one-'))).toEqual([]);
  });

  it('repeats a request that was told to wait under the same key', async () => {
    platform.interruptions.push({ route: 'POST /api/posts', status: 429 });
    const loaded = await run();
    expect(loaded.made.posts).toBe(10);
    expect(platform.keys.length - new Set(platform.keys).size).toBe(1);
  });

  it('signs in again when a token has run out', async () => {
    platform.interruptions.push({ route: 'POST /api/posts', status: 401 });
    const loaded = await run();
    expect(loaded.made.posts).toBe(10);
    expect(platform.requests.filter((request) => request === 'POST /api/auth/login')).toHaveLength(1);
  });

  it('counts what is refused, and leaves out what needed it', async () => {
    platform.interruptions.push({ route: 'POST /api/auth/register', status: 422, body: { code: 'weak_password' } });
    platform.interruptions.push({ route: 'POST /api/posts', status: 500 });
    const { made, refused } = await run();
    expect(made.people).toBe(4);
    expect(made.posts).toBe(7);
    expect(refused).toEqual(
      new Map([
        ['POST /api/auth/register answered 422 weak_password', 1],
        ['POST /api/posts answered 500', 1],
      ]),
    );
  });

  it('says whose account has another password', async () => {
    platform.accounts.set(ada!.username, { id: 'x', username: ada!.username, password: 'their own' });
    const { refused } = await run();
    expect(refused).toEqual(new Map([[`${ada!.username} has an account with another password`, 1]]));
  });
});
