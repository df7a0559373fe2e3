import { inAllTurns } from '@commons/platform';
import type { SubscriptionContext } from '../context.ts';
import { SubscriptionNotFound } from '../domain/subscription-errors.ts';
import type { Pair } from '../domain/subscription.ts';
import { endSubscription } from './end-subscription.ts';

type Parts = Pick<
  SubscriptionContext,
  'subscriptions' | 'counters' | 'people' | 'transaction' | 'queue' | 'clock' | 'log'
>;

/**
 * Has somebody follow a user no more, or takes their request back.
 * @throws SubscriptionNotFound
 */
export async function removeSubscription(ctx: Parts, pair: Pair): Promise<void> {
  const { followerId, followingId } = pair;
  await inAllTurns(ctx.queue, [followerId, followingId], () =>
    ctx.transaction(async (tx) => {
      if (!(await endSubscription(ctx, { pair, askingId: followerId }, tx))) throw new SubscriptionNotFound();
    }),
  );
  ctx.log.info({ followerId, followingId }, 'subscription removed');
}
