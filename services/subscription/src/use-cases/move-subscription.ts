import type { Transaction } from '@commons/platform';
import type { SubscriptionContext } from '../context.ts';
import { isLive, type Pair, type Subscription, type SubscriptionStatus } from '../domain/subscription.ts';
import { countMove } from './count-move.ts';
import { emitSubscriptionMove } from './emit-subscription-move.ts';
import { requireThere } from './require-there.ts';

type Parts = Pick<SubscriptionContext, 'subscriptions' | 'counters' | 'people' | 'clock'>;

export type Move = {
  pair: Pair;
  /** What is between the two, as it was read in the same transaction; undefined where nothing ever was. */
  from: Subscription | undefined;
  to: SubscriptionStatus;
  /** Who asks for it. */
  askingId: string;
};

/**
 * Takes what is between two users to another status, with the counts of both and the event that tells of it.
 * @throws AccountGone, UserNotFound where it would begin and one of the two has been deleted.
 */
export async function moveSubscription(
  parts: Parts,
  { pair, from, to, askingId }: Move,
  tx: Transaction,
): Promise<Subscription> {
  const { subscriptions, people, clock } = parts;
  const counted = await countMove(parts, { pair, from: from?.status, to }, tx);
  if (isLive({ status: to })) requireThere(Object.values(counted), askingId);
  const subscription =
    from && isLive(from)
      ? await subscriptions.change(from.id, to, tx)
      : await subscriptions.begin(pair, to, clock.now(), tx);
  const names = await people.find([pair.followerId, pair.followingId], tx);
  emitSubscriptionMove({ subscription, from: from?.status, names, ...counted }, tx);
  return subscription;
}
