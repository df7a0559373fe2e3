import type { Transaction } from '@commons/platform';
import type { SubscriptionContext } from '../context.ts';
import type { Counter } from '../data/counter-store.ts';
import { countChanges } from '../domain/counts.ts';
import type { Pair, SubscriptionStatus } from '../domain/subscription.ts';

/** Counts for both users that what is between them goes from one status to another. */
export async function countMove(
  { counters }: Pick<SubscriptionContext, 'counters'>,
  { pair, from, to }: { pair: Pair; from: SubscriptionStatus | undefined; to: SubscriptionStatus },
  tx: Transaction,
): Promise<{ follower: Counter; following: Counter }> {
  const changes = countChanges(from, to);
  const follower = await counters.change(pair.followerId, changes.follower, tx);
  const following = await counters.change(pair.followingId, changes.following, tx);
  return { follower, following };
}
