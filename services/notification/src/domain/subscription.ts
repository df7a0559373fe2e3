import type { subscriptionRequestSent } from '@commons/contracts';
import type { z } from 'zod';

/** How somebody stands to a user: they wait for leave to follow, follow unasked, follow by leave, or do nothing of it. */
export type Standing = 'asking' | 'following' | 'admitted' | 'ended';

type Someone = { id: string; username: string };

/** What has become of two users, in one direction. */
export type SubscriptionNews = {
  follower: Someone;
  followed: Someone;
  standing: Standing;
  /** Order of the changes between these two, in this direction. */
  revision: number;
};

/** Which notification told of a standing, and when it was made. */
export type Told = { id: string; at: Date };

/** The latest that is known of two users, in one direction. */
export type KnownSubscription = {
  standing: Standing;
  revision: number;
  /** The latest notification of each standing: it may have been withdrawn since. */
  told: Partial<Record<Standing, Told>>;
};

/** What all events about a subscription carry. */
type Carried = z.output<(typeof subscriptionRequestSent)['data']>;

/** What an event about a subscription tells. */
export const subscriptionNews = (data: Carried, standing: Standing): SubscriptionNews => ({
  follower: { id: data.follower_id, username: data.follower_username },
  followed: { id: data.following_id, username: data.following_username },
  standing,
  revision: data.revision,
});

/**
 * Who is told of a standing, of whose deed, and as what: the followed of who asks and who follows, the follower of being admitted.
 * @returns undefined where nobody is told.
 */
export function tidingOf({ standing, follower, followed }: SubscriptionNews) {
  if (standing === 'ended') return undefined;
  if (standing === 'admitted')
    return { userId: follower.id, actor: followed, type: 'FOLLOW', outcome: 'accepted' } as const;
  const type = standing === 'asking' ? 'FOLLOW_REQUEST' : 'FOLLOW';
  return { userId: followed.id, actor: follower, type, outcome: null } as const;
}

/** An event about two users writes to what is kept of each. */
export const turnsOfSubscription = ({ follower_id, following_id }: Carried): string[] => [
  `actor:${follower_id}`,
  `actor:${following_id}`,
];
