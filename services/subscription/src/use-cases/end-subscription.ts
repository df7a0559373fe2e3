import type { Transaction } from '@commons/platform';
import type { SubscriptionContext } from '../context.ts';
import { isLive, type Pair } from '../domain/subscription.ts';
import { moveSubscription } from './move-subscription.ts';

type Parts = Pick<SubscriptionContext, 'subscriptions' | 'counters' | 'people' | 'clock'>;

/** Ends a subscription or a request. @returns whether there was one. */
export async function endSubscription(
  ctx: Parts,
  { pair, askingId }: { pair: Pair; askingId: string },
  tx: Transaction,
): Promise<boolean> {
  const from = await ctx.subscriptions.findBetween(pair, tx);
  if (!from || !isLive(from)) return false;
  await moveSubscription(ctx, { pair, from, to: 'ended', askingId }, tx);
  return true;
}
