import type { EventData, subscriptionRemoved, subscriptionRequestAccepted, userBlocked } from '@commons/contracts';
import { anId, type TestUser } from '@commons/platform/testing';

/** What tells that somebody blocks somebody, or no more. */
export const aBlock = (blocker: TestUser, blocked: TestUser, revision = 1): EventData<typeof userBlocked> => ({
  blocker_id: blocker.id,
  blocked_id: blocked.id,
  revision,
});

/** What tells that somebody follows somebody. */
export const aFollow = (
  follower: TestUser,
  followed: TestUser,
  revision = 1,
): EventData<typeof subscriptionRequestAccepted> => ({
  subscription_id: anId(),
  follower_id: follower.id,
  follower_username: follower.username,
  following_id: followed.id,
  following_username: followed.username,
  revision,
  followers_count: 1,
  followers_revision: 1,
  following_count: 1,
  following_revision: 1,
  was_requested: false,
});

/** What tells that they do no more. */
export const anUnfollow = (
  follower: TestUser,
  followed: TestUser,
  { revision, wasPending = false }: { revision: number; wasPending?: boolean },
): EventData<typeof subscriptionRemoved> => {
  const { was_requested: _, ...rest } = aFollow(follower, followed, revision);
  return { ...rest, was_pending: wasPending };
};
