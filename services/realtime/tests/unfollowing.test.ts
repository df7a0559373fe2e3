import { postLiked, subscriptionRemoved } from '@commons/contracts';
import { aUser, anAdmin, anId, type TestUser } from '@commons/platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fakePosts, realtimeOf, type Authors, type ForFollowers } from './realtime-under-test.ts';
import { endSockets, type TestSocket } from './test-socket.ts';

const authors: Authors = new Map();
const forFollowers: ForFollowers = new Set();
const realtime = realtimeOf({ fakes: [fakePosts(new Map(), authors, forFollowers)] });
afterEach(endSockets);

function aPostOf({ id }: TestUser, visibility: 'public' | 'followers'): string {
  const post = anId();
  authors.set(post, id);
  if (visibility === 'followers') forFollowers.add(post);
  return post;
}

/** Whose likes a socket hears of, of these posts. */
async function heardBy(socket: TestSocket, posts: readonly string[]): Promise<string[]> {
  for (const post of posts) {
    await realtime.built.deliver(postLiked, {
      ...{ post_id: post, post_author_id: authors.get(post)!, post_title: 'A post' },
      ...{ user_id: anId(), username: 'dave', likes_count: 1, revision: 1 },
    });
  }
  await socket.ask('ping');
  return socket.frames.filter(({ type }) => type === 'post.liked').map(({ data }) => data.post_id as string);
}

const endOf = (follower: TestUser, followed: TestUser) => ({
  ...{ subscription_id: anId(), revision: 2, was_pending: false },
  ...{ follower_id: follower.id, follower_username: 'bob', following_id: followed.id, following_username: 'alice' },
  ...{ followers_count: 0, followers_revision: 2, following_count: 0, following_revision: 2 },
});

describe('who follows somebody no more', () => {
  it('hears no more of what is for followers, and goes on to hear of the rest', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const posts = [aPostOf(alice, 'followers'), aPostOf(alice, 'public'), aPostOf(carol, 'followers')];
    const socket = await realtime.built.socketOf(bob);
    await socket.ask('watch', { post_ids: posts });

    await realtime.built.deliver(subscriptionRemoved, endOf(bob, alice), { times: 2 });

    expect(await heardBy(socket, posts)).toEqual(posts.slice(1));
  });

  it('hears of everything as an admin', async () => {
    const [alice, admin] = [aUser(), anAdmin()];
    const posts = [aPostOf(alice, 'followers')];
    const socket = await realtime.built.socketOf(admin);
    await socket.ask('watch', { post_ids: posts });

    await realtime.built.deliver(subscriptionRemoved, endOf(admin, alice));

    expect(await heardBy(socket, posts)).toEqual(posts);
  });
});
