import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { Account, Reply } from './support/client.ts';
import { FORGETTING, servicesThatForgot } from './support/erasure.ts';
import { eventually } from './support/eventually.ts';
import { onePlatform } from './support/one-platform.ts';
import { openSocket } from './support/socket.ts';

/** How long a new name may take to be everywhere. */
const SECOND = 1_000;

const { api, url } = onePlatform();

const get = (path: string, as?: Account) => api.send('GET', path, { as });
const post = (path: string, as: Account, body: object = {}) => api.send('POST', path, { as, body });
const follow = (follower: Account, { id }: Account) => post('/api/subscriptions/request', follower, { user_id: id });
const block = (blocker: Account, { id }: Account) => post('/api/subscriptions/blocks', blocker, { user_id: id });

const aPost = async (author: Account, fields: object = {}): Promise<string> =>
  made(await post('/api/posts', author, { title: 'A walk', content: 'By the river.', ...fields }));
const aComment = async (author: Account, postId: string, content = 'Which river?'): Promise<string> =>
  made(await post('/api/comments', author, { post_id: postId, content }));

function made({ status, body }: Reply): string {
  expect(status).toBe(201);
  return body.id as string;
}

const told = async (account: Account, query = ''): Promise<string[]> => {
  const { body } = await get(`/api/notifications${query}`, account);
  return body.map(({ type, message }: { type: string; message: string }) => `${type}: ${message}`) as string[];
};
const follows = async (path: string, as: Account): Promise<string[]> => {
  const { body } = await get(path, as);
  return body.results.map(({ user }: { user: { username: string } }) => user.username) as string[];
};
const namesOf = ({ body }: Reply): string[] =>
  body.results.map(({ username }: { username: string }) => username) as string[];
const authorsOf = ({ body }: Reply): string[] =>
  body.map(({ author }: { author: { username: string } }) => author.username) as string[];

const equals = (wanted: unknown) => (seen: unknown) => isDeepStrictEqual(seen, wanted);

/** Has somebody show their profile to nobody, and waits until the platform has heard of it. */
async function hideProfile(owner: Account, stranger: Account): Promise<void> {
  const path = `/api/profiles/${owner.id}/settings`;
  const { status } = await api.send('PUT', path, { as: owner, body: { profile_visibility: 'private' } });
  expect(status).toBe(200);
  await eventually(
    () => get(`/api/subscriptions/${owner.id}`, stranger),
    (reply) => reply.status === 403,
  );
}

describe('who follows somebody', () => {
  it('does so at once where the profile is public: told, counted, listed, with the posts in the feed', async () => {
    const [alice, bob] = await Promise.all([api.register(), api.register()]);
    const [forAll, forFollowers] = [await aPost(alice), await aPost(alice, { visibility: 'followers' })];
    await aPost(alice, { visibility: 'private' });
    expect((await get(`/api/posts/${forFollowers}`, bob)).status).toBe(404);

    const { status, body } = await follow(bob, alice);

    expect([status, body]).toEqual([
      201,
      { id: expect.any(String), follower_id: bob.id, following_id: alice.id, status: 'accepted' },
    ]);
    await eventually(() => told(alice), equals([`FOLLOW: ${bob.username} follows you`]));
    await eventually(
      () => get('/api/posts/feed', bob),
      (feed) => equals([forFollowers, forAll])(feed.body.results.map(({ id }: { id: string }) => id)),
    );
    await eventually(
      async () => [(await get(`/api/profiles/${alice.id}`)).body, (await get(`/api/profiles/${bob.id}`)).body],
      ([hers, his]) => hers.followers_count === 1 && his.following_count === 1,
    );
    expect(await follows(`/api/subscriptions/${alice.id}?direction=followers`, bob)).toEqual([bob.username]);
    expect(await follows(`/api/subscriptions/${bob.id}`, alice)).toEqual([alice.username]);
    expect((await get(`/api/posts/${forFollowers}`, bob)).status).toBe(200);
    expect((await follow(bob, alice)).status).toBe(409);
  });

  it('and goes takes it all back', async () => {
    const [alice, bob] = await Promise.all([api.register(), api.register()]);
    const forFollowers = await aPost(alice, { visibility: 'followers' });
    await follow(bob, alice);
    await eventually(
      () => get(`/api/posts/${forFollowers}`, bob),
      ({ status }) => status === 200,
    );

    const { status } = await api.send('DELETE', `/api/subscriptions/remove?user_id=${alice.id}`, { as: bob });

    expect(status).toBe(204);
    await eventually(
      () => get(`/api/posts/${forFollowers}`, bob),
      (reply) => reply.status === 404,
    );
    await eventually(() => told(alice), equals([]));
    await eventually(
      () => get(`/api/profiles/${alice.id}`),
      ({ body }) => body.followers_count === 0,
    );
    expect((await get('/api/posts/feed', bob)).body.results).toEqual([]);
  });

  it('waits for leave where the profile is not public, and is let in with all that it brings', async () => {
    const [alice, bob] = await Promise.all([api.register(), api.register()]);
    const forFollowers = await aPost(alice, { visibility: 'followers' });
    await hideProfile(alice, bob);
    expect((await follow(bob, alice)).body.status).toBe('pending');
    await eventually(() => told(alice), equals([`FOLLOW_REQUEST: ${bob.username} asks to follow you`]));
    expect(await follows('/api/subscriptions/requests', alice)).toEqual([bob.username]);
    expect((await get(`/api/posts/${forFollowers}`, bob)).status).toBe(404);

    const { status, body } = await post('/api/subscriptions/accept', alice, { user_id: bob.id });

    expect([status, body.status]).toEqual([200, 'accepted']);
    await eventually(() => told(bob), equals([`FOLLOW: ${alice.username} accepted your request to follow them`]));
    await eventually(() => told(alice), equals([]));
    await eventually(
      () => get('/api/posts/feed', bob),
      (feed) => feed.body.results.length === 1,
    );
    expect(await follows('/api/subscriptions/requests', alice)).toEqual([]);
    expect(await follows(`/api/subscriptions/${alice.id}?direction=followers`, alice)).toEqual([bob.username]);
    expect(Object.keys((await get(`/api/profiles/${alice.id}`, bob)).body as object).toSorted()).toEqual(
      ['avatar_url', 'id', 'nickname', 'username'].toSorted(),
    );
  });

  it('may ask again after a decline', async () => {
    const [alice, bob] = await Promise.all([api.register(), api.register()]);
    await hideProfile(alice, bob);
    await follow(bob, alice);
    await eventually(() => told(alice), equals([`FOLLOW_REQUEST: ${bob.username} asks to follow you`]));

    expect((await post('/api/subscriptions/decline', alice, { user_id: bob.id })).body.status).toBe('declined');

    await eventually(() => told(alice), equals([]));
    expect((await follow(bob, alice)).body.status).toBe('pending');
    await eventually(() => told(alice), equals([`FOLLOW_REQUEST: ${bob.username} asks to follow you`]));
  });
});

describe('a block', () => {
  it('hides each from the other everywhere, and from nobody else, until it ends', async () => {
    const [alice, bob, carol] = await Promise.all([api.register(), api.register(), api.register()]);
    const [hers, his, carols] = [await aPost(alice), await aPost(bob), await aPost(carol)];
    await Promise.all([follow(alice, bob), follow(bob, alice)]);
    for (const author of [alice, bob]) await aComment(author, carols);
    await aComment(bob, hers);
    await post(`/api/posts/${hers}/like`, bob);
    await eventually(
      async () => (await told(alice)).length,
      (count) => count === 3,
    );
    await eventually(
      () => told(bob),
      (list) => list.length === 1,
    );
    const statuses = async () => [
      (await get(`/api/posts/${hers}`, bob)).status,
      (await get(`/api/posts/${his}`, alice)).status,
      (await get(`/api/profiles/${alice.id}`, bob)).status,
      (await get(`/api/profiles/${bob.id}`, alice)).status,
    ];
    const comments = async (reader: Account) => authorsOf(await get(`/api/comments?post_id=${carols}`, reader));
    const isFound = async (wanted: Account, as: Account) =>
      namesOf(await get(`/api/profiles?q=${wanted.username}`, as)).includes(wanted.username);
    const seen = async () => ({
      statuses: await statuses(),
      comments: [await comments(alice), await comments(bob), await comments(carol)],
      found: [await isFound(bob, alice), await isFound(alice, bob), await isFound(alice, carol)],
      posts: (await get(`/api/posts?author_id=${alice.id}`, bob)).body.results.length as number,
    });

    expect((await block(alice, bob)).status).toBe(201);

    await eventually(
      seen,
      equals({
        statuses: [404, 404, 404, 404],
        comments: [[alice.username], [bob.username], [alice.username, bob.username]],
        found: [false, false, true],
        posts: 0,
      }),
    );
    await eventually(async () => [await told(alice), await told(bob)], equals([[], []]));
    expect((await get(`/api/posts/feed`, alice)).body.results).toEqual([]);
    expect(await follows(`/api/subscriptions/${alice.id}`, alice)).toEqual([]);
    expect([(await follow(bob, alice)).body.code, (await follow(alice, bob)).body.code]).toEqual([
      'blocked',
      'blocked',
    ]);
    expect((await post('/api/comments', bob, { post_id: hers, content: 'Still here?' })).status).toBe(404);
    expect((await post(`/api/posts/${hers}/like`, bob)).status).toBe(404);

    const ended = await api.send('DELETE', `/api/subscriptions/blocks/${bob.id}`, { as: alice });

    expect(ended.status).toBe(204);
    const both = [alice.username, bob.username];
    await eventually(
      seen,
      equals({ statuses: [200, 200, 200, 200], comments: [both, both, both], found: [true, true, true], posts: 1 }),
    );
    expect(await follows(`/api/subscriptions/${alice.id}`, alice)).toEqual([]);
    await aComment(bob, hers, 'Here again.');
    await eventually(() => told(alice), equals([`COMMENT: ${bob.username} commented on your post`]));
  });

  it('keeps what the other does to a third one’s post from being told', async () => {
    const [alice, bob, carol] = await Promise.all([api.register(), api.register(), api.register()]);
    const carols = await aPost(carol);
    const parent = await aComment(alice, carols);
    await block(alice, bob);
    await eventually(
      () => get(`/api/profiles/${alice.id}`, bob),
      ({ status }) => status === 404,
    );

    await aComment(bob, carols);
    await post('/api/comments', carol, { post_id: carols, content: 'Both of you.', parent });

    await eventually(() => told(alice), equals([`REPLY: ${carol.username} replied to your comment`]));
    await eventually(
      () => told(carol),
      equals([`COMMENT: ${bob.username} commented on your post`, `COMMENT: ${alice.username} commented on your post`]),
    );
  });
});

describe('who watches the posts of somebody', () => {
  it('hears no more of their likes once one of the two blocks the other, and of others’ as before', async () => {
    const [alice, bob, carol] = await Promise.all([api.register(), api.register(), api.register()]);
    const [hers, carols] = [await aPost(alice), await aPost(carol)];
    const socket = await openSocket(url(), bob.token);
    const likesOf = (postId: string) =>
      socket.frames.filter(({ type, data }) => type === 'post.liked' && data.post_id === postId).length;
    const likeAnew = async (postId: string, fan: Account) => {
      for (const method of ['DELETE', 'PUT'])
        expect((await api.send(method, `/api/posts/${postId}/like`, { as: fan })).status).toBe(200);
    };
    socket.send({ type: 'watch', id: 'watch', data: { post_ids: [hers, carols] } });
    expect((await socket.frame(({ id }) => id === 'watch')).data).toEqual({ post_ids: [hers, carols] });
    await likeAnew(hers, carol);
    await socket.frame(({ type, data }) => type === 'post.liked' && data.post_id === hers);

    expect((await block(alice, bob)).status).toBe(201);

    await eventually(async () => {
      const [before, known] = [likesOf(hers), likesOf(carols)];
      await likeAnew(hers, carol);
      await likeAnew(carols, alice);
      await eventually(
        () => Promise.resolve(likesOf(carols)),
        (count) => count > known,
      );
      return likesOf(hers) - before;
    }, equals(0));
    socket.close();
  });
});

describe('a new username', () => {
  it('is in posts, comments, notifications, searches, subscriptions and projects within a second', async () => {
    const [alice, bob] = await Promise.all([api.register(), api.register()]);
    const [hers, his] = [await aPost(alice), await aPost(bob)];
    await aComment(alice, his);
    await follow(alice, bob);
    await follow(bob, alice);
    const project = made(
      await post('/api/projects', alice, { title: 'A map', description: 'Of the river.', skills: ['drawing'] }),
    );
    await eventually(
      () => told(bob),
      (list) => list.length === 2,
    );
    const renamed = `x${alice.username}`;
    const names = async () => ({
      post: (await get(`/api/posts/${hers}`)).body.author.username as string,
      comments: authorsOf(await get(`/api/comments?post_id=${his}`)),
      told: (await told(bob)).toSorted(),
      profile: (await get(`/api/profiles/${alice.id}`)).body.username as string,
      search: namesOf(await get(`/api/profiles?q=${renamed}`)),
      oldSearch: namesOf(await get(`/api/profiles?nickname=${alice.username}`)),
      followers: await follows(`/api/subscriptions/${bob.id}?direction=followers`, bob),
      following: await follows(`/api/subscriptions/${bob.id}`, bob),
      project: (await get(`/api/projects/${project}`)).body.owner.username as string,
    });
    await eventually(names, ({ profile, oldSearch }) => profile === alice.username && oldSearch.length === 1);

    expect((await api.send('PATCH', '/api/auth/me', { as: alice, body: { username: renamed } })).status).toBe(200);

    await eventually(
      names,
      equals({
        post: renamed,
        comments: [renamed],
        told: [`COMMENT: ${renamed} commented on your post`, `FOLLOW: ${renamed} follows you`],
        profile: renamed,
        search: [renamed],
        oldSearch: [],
        followers: [renamed],
        following: [renamed],
        project: renamed,
      }),
      SECOND,
    );
  });
});

describe('a deleted user', () => {
  it('is gone everywhere, and every service says so', async () => {
    const [alice, bob] = await Promise.all([api.register(), api.register()]);
    const [hers, his] = [await aPost(alice), await aPost(bob)];
    await aComment(alice, his);
    await post(`/api/posts/${his}/like`, alice);
    await Promise.all([follow(alice, bob), follow(bob, alice)]);
    const project = made(
      await post('/api/projects', alice, { title: 'A map', description: 'Of the river.', skills: ['drawing'] }),
    );
    const bobs = made(
      await post('/api/projects', bob, { title: 'A mill', description: 'To be painted.', skills: ['painting'] }),
    );
    made(await post(`/api/projects/${bobs}/applications`, alice, { message: 'I paint.' }));
    await eventually(
      () => told(bob),
      (list) => list.length === 4,
    );

    const { status } = await api.send('DELETE', '/api/auth/me', { as: alice, body: { password: alice.password } });

    expect(status).toBe(202);
    await eventually(
      async () => ({
        statuses: [
          (await get(`/api/posts/${hers}`)).status,
          (await get(`/api/profiles/${alice.id}`)).status,
          (await get(`/api/projects/${project}`)).status,
        ],
        found: namesOf(await get(`/api/profiles?q=${alice.username}`)),
        comments: (await get(`/api/comments?post_id=${his}`)).body as unknown[],
        likes: (await get(`/api/posts/${his}`)).body.likes_count as number,
        told: await told(bob),
        followers: await follows(`/api/subscriptions/${bob.id}?direction=followers`, bob),
        following: await follows(`/api/subscriptions/${bob.id}`, bob),
        counts: await countsOf(bob),
        applications: (await get(`/api/projects/${bobs}/applications`, bob)).body.results as unknown[],
      }),
      equals({
        ...{ statuses: [404, 404, 404], found: [], comments: [], likes: 0, told: [] },
        ...{ followers: [], following: [], counts: [0, 0], applications: [] },
      }),
    );
    expect((await follow(bob, alice)).status).toBe(404);
    expect(await servicesThatForgot(api, alice.id)).toEqual(FORGETTING);
  });

  const countsOf = async ({ id }: Account): Promise<number[]> => {
    const { body } = await get(`/api/profiles/${id}`);
    return [body.followers_count, body.following_count] as number[];
  };
});
