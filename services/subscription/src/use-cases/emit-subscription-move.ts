import {
  subscriptionRemoved,
  subscriptionRequestAccepted,
  subscriptionRequestDeclined,
  subscriptionRequestSent,
} from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { Counter } from '../data/counter-store.ts';
import type { Person } from '../domain/person.ts';
import type { Subscription, SubscriptionStatus } from '../domain/subscription.ts';

export type TakenMove = {
  subscription: Subscription;
  from: SubscriptionStatus | undefined;
  names: ReadonlyMap<string, Pick<Person, 'username'>>;
  /** What is counted for both after it. */
  follower: Counter;
  following: Counter;
};

/** Tells what has become of a subscription. Somebody whose account has gone is told of without a name. */
export function emitSubscriptionMove(
  { subscription, from, names, follower, following }: TakenMove,
  tx: Transaction,
): void {
  const { id, followerId, followingId, status, revision } = subscription;
  const data = {
    subscription_id: id,
    follower_id: followerId,
    follower_username: names.get(followerId)?.username ?? '',
    following_id: followingId,
    following_username: names.get(followingId)?.username ?? '',
    revision,
  };
  const counts = {
    followers_count: following.followers,
    followers_revision: following.followersRevision,
    following_count: follower.following,
    following_revision: follower.followingRevision,
  };
  const wasPending = from === 'pending';
  if (status === 'pending') tx.emit(subscriptionRequestSent, id, data);
  else if (status === 'declined') tx.emit(subscriptionRequestDeclined, id, data);
  else if (status === 'accepted')
    tx.emit(subscriptionRequestAccepted, id, { ...data, ...counts, was_requested: wasPending });
  else tx.emit(subscriptionRemoved, id, { ...data, ...counts, was_pending: wasPending });
}
