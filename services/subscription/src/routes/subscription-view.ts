import { id, timestamp } from '@commons/contracts';
import { z } from 'zod';
import type { Subscription } from '../domain/subscription.ts';
import type { ListedSubscription } from '../use-cases/read-subscriptions.ts';
import { personView, toPersonView } from './person-view.ts';

const status = z.enum(['pending', 'accepted', 'declined', 'ended']);

/** A subscription as those two get it between whom it is. */
export const subscriptionView = z.object({ id, follower_id: id, following_id: id, status });

/** A subscription in a list of somebody's: whoever is at its other end. */
export const listedView = z.object({ user: personView, status, created_at: timestamp });

/** A request in a list of one's own. */
export const requestView = subscriptionView.extend(listedView.shape);

export const toSubscriptionView = ({
  id,
  followerId,
  followingId,
  status,
}: Subscription): z.infer<typeof subscriptionView> => ({
  id,
  follower_id: followerId,
  following_id: followingId,
  status,
});

export const toListedView = ({ subscription, person }: ListedSubscription): z.infer<typeof listedView> => ({
  user: toPersonView(person),
  status: subscription.status,
  created_at: subscription.createdAt.toISOString(),
});

export const toRequestView = (listed: ListedSubscription): z.infer<typeof requestView> => ({
  ...toSubscriptionView(listed.subscription),
  ...toListedView(listed),
});
