import type { SubscriptionStatus } from './subscription.ts';

/** What is counted for each user. */
export const COUNTED = ['followers', 'following', 'requestsIn', 'requestsOut', 'blocks', 'blockedBy'] as const;
export type Counted = (typeof COUNTED)[number];

/** How many of each a user has. */
export type Counts = Record<Counted, number>;
/** By how much some of them change. */
export type CountChange = Partial<Counts>;

/** By how much the counts of both users change when what is between them goes from one status to another. */
export function countChanges(
  from: SubscriptionStatus | undefined,
  to: SubscriptionStatus,
): { follower: CountChange; following: CountChange } {
  const accepted = Number(to === 'accepted') - Number(from === 'accepted');
  const pending = Number(to === 'pending') - Number(from === 'pending');
  return {
    follower: { following: accepted, requestsOut: pending },
    following: { followers: accepted, requestsIn: pending },
  };
}
