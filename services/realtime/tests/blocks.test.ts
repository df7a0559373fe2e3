import { postLiked, userBlocked, userUnblocked } from '@commons/contracts';
import { aUser, anAdmin, anId, type TestUser } from '@commons/platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { addReplica, fakePosts, realtimeOf, type Authors } from './realtime-under-test.ts';
import { endSockets, openSocket, type TestSocket } from './test-socket.ts';

const authors: Authors = new Map();
const realtime = realtimeOf({ fakes: [fakePosts(new Map(), authors)] });
afterEach(endSockets);

function aPostOf({ id }: TestUser): string {
  const post = anId();
  authors.set(post, id);
  return post;
}

async function watching(user: TestUser, ...posts: string[]): Promise<TestSocket> {
  const socket = await realtime.built.socketOf(user);
  expect(await socket.ask('watch', { post_ids: posts })).toMatchObject({ type: 'ack', data: { post_ids: posts } });
  return socket;
}

const like = (post: string) =>
  realtime.built.deliver(postLiked, {
    ...{ post_id: post, post_author_id: authors.get(post)!, post_title: 'A post' },
    ...{ user_id: anId(), username: 'dave', likes_count: 1, revision: 1 },
  });

/** Whose likes a socket has heard of until now, by post. */
async function heardBy(socket: TestSocket): Promise<string[]> {
  await socket.ask('ping');
  return socket.frames.filter(({ type }) => type === 'post.liked').map(({ data }) => data.post_id as string);
}

const between = (blocker: TestUser, blocked: TestUser, revision: number) => ({
  blocker_id: blocker.id,
  blocked_id: blocked.id,
  revision,
});

describe('a block', () => {
  it('ends each one’s watching of the other’s posts, at every replica, and nothing else', async () => {
    const { built } = realtime;
    const replica = await addReplica(built);
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const [hers, his, carols] = [aPostOf(alice), aPostOf(bob), aPostOf(carol)];
    const ofAlice = await watching(alice, his, hers, carols);
    const ofBob = await watching(bob, hers, carols);
    const ofCarol = await watching(carol, hers, his);
    const there = await openSocket(replica.port, { token: built.tokenFor(bob) });
    await there.ask('watch', { post_ids: [hers, carols] });

    await built.deliver(userBlocked, between(alice, bob, 1), { times: 2 });
    for (const post of [hers, his, carols]) await like(post);

    expect([await heardBy(ofAlice), await heardBy(ofBob), await heardBy(ofCarol), await heardBy(there)]).toEqual([
      [hers, carols],
      [carols],
      [hers, his],
      [carols],
    ]);
    endSockets();
    await replica.stop();
  });

  it('ends nothing that an admin watches', async () => {
    const { built } = realtime;
    const [admin, bob] = [anAdmin(), aUser()];
    const [admins, bobs] = [aPostOf(admin), aPostOf(bob)];
    const [ofAdmin, ofBob] = [await watching(admin, bobs), await watching(bob, admins)];

    await built.deliver(userBlocked, between(bob, admin, 1));
    for (const post of [admins, bobs]) await like(post);

    expect([await heardBy(ofAdmin), await heardBy(ofBob)]).toEqual([[bobs], []]);
  });

  it('holds also while the posts are shown as if it were not there, until it ends', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const [hers, other] = [aPostOf(alice), aPostOf(aUser())];
    const socket = await watching(bob, hers);
    await built.deliver(userBlocked, between(alice, bob, 1));

    const during = await socket.ask('watch', { post_ids: [hers, other] });
    await built.deliver(userUnblocked, between(alice, bob, 2));
    const afterwards = await socket.ask('watch', { post_ids: [hers, other] });

    expect([during.data, afterwards.data]).toEqual([{ post_ids: [other] }, { post_ids: [hers, other] }]);
  });

  it('that is heard of after its end ends nothing', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const hers = aPostOf(alice);
    const socket = await watching(bob, hers);

    await built.deliver(userUnblocked, between(alice, bob, 2));
    await built.deliver(userBlocked, between(alice, bob, 1));
    await like(hers);

    expect(await heardBy(socket)).toEqual([hers]);
  });

  it('goes on while the other one of the two blocks as well', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const hers = aPostOf(alice);
    const socket = await watching(bob, hers);
    await built.deliver(userBlocked, between(alice, bob, 1));
    await built.deliver(userBlocked, between(bob, alice, 1));

    await built.deliver(userUnblocked, between(alice, bob, 2));

    expect(await socket.ask('watch', { post_ids: [hers] })).toMatchObject({ data: { post_ids: [] } });
  });
});
