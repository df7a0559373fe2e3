import type { Subscription } from '../domain/subscription.ts';
import type { SubscriptionDocument } from './subscription-model.ts';

export const toSubscription = ({
  _id,
  follower_id,
  following_id,
  status,
  revision,
  created_at,
}: SubscriptionDocument): Subscription => ({
  id: _id.toHexString(),
  followerId: follower_id.toHexString(),
  followingId: following_id.toHexString(),
  status,
  revision,
  createdAt: created_at,
});
