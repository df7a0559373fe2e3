import { subscriptionRemoved, subscriptionRequestAccepted, userBlocked, userUnblocked } from '@commons/contracts';
import { anId, type TestUser } from '@commons/platform/testing';
import type { PostService } from './a-post.ts';

type Options = { revision?: number; times?: number };

const pair = (follower: TestUser, followed: TestUser, revision: number) => ({
  subscription_id: anId(),
  follower_id: follower.id,
  follower_username: follower.username,
  following_id: followed.id,
  following_username: followed.username,
  revision,
  followers_count: 0,
  followers_revision: 0,
  following_count: 0,
  following_revision: 0,
});

/** Tells that one user follows another from now on. */
export const follow = (post: PostService, by: TestUser, whom: TestUser, { revision = 1, times = 1 }: Options = {}) =>
  post.deliver(subscriptionRequestAccepted, { ...pair(by, whom, revision), was_requested: false }, { times });

/** Tells that one user follows another no more; with `wasPending`, no more asks to. */
export const unfollow = (
  post: PostService,
  by: TestUser,
  whom: TestUser,
  { revision = 2, times = 1, wasPending = false }: Options & { wasPending?: boolean } = {},
) => post.deliver(subscriptionRemoved, { ...pair(by, whom, revision), was_pending: wasPending }, { times });

/** Tells that one user blocks another. */
export const block = (post: PostService, by: TestUser, whom: TestUser, { revision = 1, times = 1 }: Options = {}) =>
  post.deliver(userBlocked, { blocker_id: by.id, blocked_id: whom.id, revision }, { times });

/** Tells that one user blocks another no more. */
export const unblock = (post: PostService, by: TestUser, whom: TestUser, { revision = 2, times = 1 }: Options = {}) =>
  post.deliver(userUnblocked, { blocker_id: by.id, blocked_id: whom.id, revision }, { times });
