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
/** Forty people in a ring, each with two friends on either side: the last of them has a profile that is not public. */
const ring = Array.from(
  { length: 40 },
  (_, person) => `${person} ${(person + 1) % 40}\n${person} ${(person + 2) % 40}`,
);
const graph = parseGraph(ring.join('\n'));
const plan = makePlan(graph, { seed: 5, postsPerUser: 1 });
const [ada] = plan.people;
const userId = (person: number) => `user-${plan.people[person]?.username}`;
const ALL = {
  people: 40,
  subscriptions: 160,
  posts: 40,
  comments: plan.comments.length,
  projects: plan.projects.length,
  applications: plan.applications.length,
};
const NOTHING = { people: 0, subscriptions: 0, posts: 0, comments: 0, projects: 0, applications: 0 };

let platform: FakePlatform;
beforeEach(async () => {
  platform = await startFakePlatform();
});
afterEach(() => platform.close());

const keptBy = ({ profiles, subscriptions, posts, comments, likes, projects, applications }: FakePlatform) => ({
  ...{ profiles, subscriptions, posts, comments, likes },
  ...{ projects, applications },
});

function run({ password = 'secret-words', runId = 'run' } = {}) {
  const api = demoApi({ client: politeClient({ url: platform.url, wait: noWait }), password, runId });
  return load(plan, { api, concurrency: 4, progress: noProgress });
}

describe('loading a plan', () => {
  it('makes everybody, whom they follow, what they write and like, and what they undertake', async () => {
    const loaded = await run();
    expect(loaded).toEqual({ made: ALL, found: NOTHING, likes: plan.likes.length, refused: new Map() });
    expect([...platform.accounts.keys()].sort()).toEqual(plan.people.map(({ username }) => username).sort());
    expect([...platform.profiles.keys()].sort()).toEqual(plan.people.map(({ username }) => `user-${username}`).sort());
    expect(platform.posts.map(({ author, title }) => `${author}: ${title}`).sort()).toEqual(
      plan.posts.map(({ author, title }) => `${userId(author)}: ${title}`).sort(),
    );
    expect(platform.comments).toHaveLength(plan.comments.length);
    expect(platform.likes.size).toBe(plan.likes.length);
    expect(platform.projects.map(({ owner, title, status }) => [owner, title, status])).toEqual(
      plan.projects.map(({ owner, title, status }) => [userId(owner), title, status]),
    );
    expect(platform.applications.map(({ applicant, status }) => `${applicant} ${status}`).sort()).toEqual(
      plan.applications.map(({ applicant, decision = 'pending' }) => `${userId(applicant)} ${decision}`).sort(),
    );
  });

  it('has friends follow each other, and those whose profile is not public let most of them', async () => {
    await run();
    const [shy] = plan.admissions;
    const asking = graph.friends[shy!.person]!;
    expect(platform.profiles.get(userId(shy!.person))).toEqual({
      nickname: expect.any(String),
      visibility: 'followers',
    });
    expect(platform.subscriptions.size).toBe(160);
    expect(asking.map((follower) => platform.subscriptions.get(`${userId(follower)} ${userId(shy!.person)}`))).toEqual(
      asking.map((follower) => (shy!.followers.includes(follower) ? 'accepted' : 'pending')),
    );
    const others = [...platform.subscriptions].filter(([pair]) => !pair.endsWith(` ${userId(shy!.person)}`));
    expect(others.filter(([, status]) => status !== 'accepted')).toEqual([]);
  });

  it('adds nothing the second time', async () => {
    await run();
    const before = structuredClone(keptBy(platform));
    const madeBefore = platform.requests.length;
    expect(await run({ runId: 'second' })).toEqual({
      made: NOTHING,
      found: ALL,
      likes: plan.likes.length,
      refused: new Map(),
    });
    expect(keptBy(platform)).toEqual(before);
    const changes = platform.requests.slice(madeBefore).filter((request) => !request.startsWith('GET '));
    expect(changes.filter((request) => !/ \/api\/auth\/|\/like$/.test(request))).toEqual([]);
  });

  it('goes on where an earlier run was broken off', async () => {
    platform.interruptions.push({ route: 'POST /api/subscriptions/request', status: 500 });
    platform.interruptions.push({ route: 'POST /api/projects', status: 500 });
    await run();
    const { made } = await run({ runId: 'second' });
    expect(made).toMatchObject({ people: 0, subscriptions: 1, posts: 0, projects: 1 });
    expect(platform.subscriptions.size).toBe(plan.subscriptions.length);
    expect(platform.projects).toHaveLength(plan.projects.length);
  });

  it('gives everything that is made a key of its own, so that a repeated request has one effect', async () => {
    await run({ runId: 'one' });
    const { subscriptions, admissions, posts, comments, projects, applications } = plan;
    const admitted = admissions.flatMap(({ followers }) => followers);
    const made = [subscriptions, admitted, posts, comments, projects, applications].flat();
    expect(new Set(platform.keys).size).toBe(made.length);
    expect(platform.keys.filter((key) => !key.startsWith('one-'))).toEqual([]);
  });

  it('repeats a request that was told to wait under the same key', async () => {
    platform.interruptions.push({ route: 'POST /api/posts', status: 429 });
    const loaded = await run();
    expect(loaded.made.posts).toBe(40);
    expect(platform.keys.length - new Set(platform.keys).size).toBe(1);
  });

  it('signs in again when a token has run out', async () => {
    platform.interruptions.push({ route: 'POST /api/posts', status: 401 });
    const loaded = await run();
    expect(loaded.made.posts).toBe(40);
    expect(platform.requests.filter((request) => request === 'POST /api/auth/login')).toHaveLength(1);
  });

  it('counts what is refused, and leaves out what needed it', async () => {
    platform.interruptions.push({ route: 'POST /api/auth/register', status: 422, body: { code: 'weak_password' } });
    platform.interruptions.push({ route: 'POST /api/posts', status: 500 });
    const { made, refused } = await run();
    expect(made.people).toBe(39);
    expect(made.posts).toBe(38);
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
