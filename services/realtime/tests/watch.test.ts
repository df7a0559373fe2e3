import { postDeleted, postLiked, postUnliked, postUpdated, userRolesChanged, type EventData } from '@commons/contracts';
import { aUser, anAdmin, anId } from '@commons/platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fakePosts, realtimeOf, type Posts } from './realtime-under-test.ts';
import { endSockets } from './test-socket.ts';

const hidden: Posts = new Map();
const realtime = realtimeOf({ fakes: [fakePosts(hidden)] });
afterEach(endSockets);

const like = (post_id: string, overrides: Partial<EventData<typeof postLiked>> = {}): EventData<typeof postLiked> => ({
  post_id,
  post_author_id: anId(),
  post_title: 'A post',
  user_id: anId(),
  username: 'bob',
  likes_count: 1,
  revision: 1,
  ...overrides,
});

const update = (
  post_id: string,
  author_id: string,
  visibility: 'public' | 'followers' | 'private',
): EventData<typeof postUpdated> => ({
  post_id,
  author_id,
  author_username: 'alice',
  title: 'A post',
  tags: [],
  visibility,
  created_at: new Date().toISOString(),
  revision: 2,
});

describe('a client that watches a post', () => {
  it('hears of a like, and of no like of another post', async () => {
    const { built } = realtime;
    const [post, other] = [anId(), anId()];
    const socket = await built.socketOf(aUser());
    expect(await socket.ask('watch', { post_ids: [post] })).toEqual({
      type: 'ack',
      id: 'asked-1',
      data: { post_ids: [post] },
    });
    const data = like(post, { likes_count: 12 });

    await built.deliver(postLiked, like(other));
    await built.deliver(postLiked, data, { id: 'event-1' });

    await socket.received('post.liked');
    expect(socket.frames.slice(1)).toEqual([
      {
        type: 'post.liked',
        id: 'event-1',
        data: { post_id: post, likes_count: 12, user_id: data.user_id, username: 'bob' },
      },
    ]);
  });

  it('hears of it once, however often the event comes, and of none that is older', async () => {
    const { built } = realtime;
    const post = anId();
    const socket = await built.socketOf(aUser());
    await socket.ask('watch', { post_ids: [post] });

    await built.deliver(postLiked, like(post, { likes_count: 5, revision: 5 }), { times: 3 });
    await built.deliver(postLiked, like(post, { likes_count: 4, revision: 4 }));
    await built.deliver(postLiked, like(post, { likes_count: 6, revision: 7 }));

    const frames = await socket.received('post.liked', 2);
    await socket.ask('ping');
    expect(frames.map(({ data }) => data.likes_count)).toEqual([5, 6]);
    expect(await socket.received('post.liked', 2)).toHaveLength(2);
  });

  it('hears of no unlike', async () => {
    const { built } = realtime;
    const post = anId();
    const socket = await built.socketOf(aUser());
    await socket.ask('watch', { post_ids: [post] });

    await built.deliver(postUnliked, like(post));

    await socket.ask('ping');
    expect(socket.frames.map(({ type }) => type)).toEqual(['ack', 'pong']);
  });

  it('watches what it named last, and nothing else', async () => {
    const { built } = realtime;
    const [first, both, second] = [anId(), anId(), anId()];
    const socket = await built.socketOf(aUser());
    await socket.ask('watch', { post_ids: [first, both] });
    await built.deliver(postLiked, like(both, { likes_count: 1, revision: 1 }));
    await socket.ask('watch', { post_ids: [both, second, both.toUpperCase()] });

    await built.deliver(postLiked, like(first));
    await built.deliver(postLiked, like(both, { likes_count: 1, revision: 1 }));
    await built.deliver(postLiked, like(both, { likes_count: 2, revision: 2 }));
    await built.deliver(postLiked, like(second));

    const frames = await socket.received('post.liked', 3);
    expect(frames.map(({ data }) => [data.post_id, data.likes_count])).toEqual([
      [both, 1],
      [both, 2],
      [second, 1],
    ]);
    expect(await socket.ask('watch', { post_ids: [] })).toMatchObject({ data: { post_ids: [] } });
    await built.deliver(postLiked, like(second, { revision: 2 }));
    await socket.ask('ping');
    expect(socket.frames.filter(({ type }) => type === 'post.liked')).toHaveLength(3);
  });

  it('may watch a hundred', async () => {
    const { built } = realtime;
    const posts = Array.from({ length: 100 }, anId);
    const socket = await built.socketOf(aUser());

    expect(await socket.ask('watch', { post_ids: posts })).toMatchObject({ type: 'ack', data: { post_ids: posts } });
  });
});

describe('a post that a user may not see', () => {
  it('is left out, and says nothing', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const [open, secret] = [anId(), anId()];
    hidden.set(secret, { visibleTo: [alice.id] });
    const [hers, his] = [await built.socketOf(alice), await built.socketOf(bob)];

    expect(await hers.ask('watch', { post_ids: [secret, open] })).toMatchObject({ data: { post_ids: [secret, open] } });
    expect(await his.ask('watch', { post_ids: [secret, open] })).toMatchObject({ data: { post_ids: [open] } });
    await built.deliver(postLiked, like(secret));

    await hers.received('post.liked');
    await his.ask('ping');
    expect(his.frames.map(({ type }) => type)).toEqual(['ack', 'pong']);
  });

  it('is watched no longer from when it is shown to fewer; its author and admins go on', async () => {
    const { built } = realtime;
    const [author, admin, other] = [aUser(), anAdmin(), aUser()];
    const post = anId();
    const sockets = await Promise.all([author, admin, other].map((user) => built.socketOf(user)));
    for (const socket of sockets) await socket.ask('watch', { post_ids: [post] });

    await built.deliver(postUpdated, update(post, author.id, 'public'));
    await built.deliver(postLiked, like(post, { revision: 1 }));
    await built.deliver(postUpdated, update(post, author.id, 'private'), { times: 2 });
    await built.deliver(postLiked, like(post, { revision: 2 }));

    const [ofAuthor, ofAdmin, ofOther] = sockets;
    await ofAuthor!.received('post.liked', 2);
    await ofAdmin!.received('post.liked', 2);
    await ofOther!.ask('ping');
    expect(ofOther!.frames.map(({ type }) => type)).toEqual(['ack', 'post.liked', 'pong']);
  });

  it('is watched no longer when it is gone', async () => {
    const { built } = realtime;
    const alice = aUser();
    const post = anId();
    const socket = await built.socketOf(alice);
    await socket.ask('watch', { post_ids: [post] });

    await built.deliver(postDeleted, { post_id: post, author_id: alice.id }, { times: 2 });
    await built.deliver(postLiked, like(post));

    await socket.ask('ping');
    expect(socket.frames.map(({ type }) => type)).toEqual(['ack', 'pong']);
  });

  it('is watched no longer by somebody who is an admin no more', async () => {
    const { built } = realtime;
    const admin = anAdmin();
    const post = anId();
    const socket = await built.socketOf(admin);
    await socket.ask('watch', { post_ids: [post] });

    await built.deliver(userRolesChanged, { user_id: admin.id, roles: ['user'] }, { times: 2 });
    await built.deliver(postLiked, like(post));

    await socket.ask('ping');
    expect(socket.frames.map(({ type }) => type)).toEqual(['ack', 'pong']);
    expect(built.ctx.connections.ofUser(admin.id)[0]?.user.roles).toEqual(['user']);
  });
});

it('goes on to watch what it watched where the posts cannot be asked for', async () => {
  const { built } = realtime;
  const post = anId();
  const socket = await built.socketOf(aUser());
  await socket.ask('watch', { post_ids: [post] });
  const undo = built.harness.faults.fail({ on: 'invocation', app: 'post' }, { message: "couldn't find service: post" });

  expect(await socket.ask('watch', { post_ids: [anId()] })).toMatchObject({
    type: 'error',
    data: { status: 503, code: 'service_unavailable' },
  });
  undo();
  await built.deliver(postLiked, like(post));
  await socket.received('post.liked');
});
