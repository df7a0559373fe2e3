import type { SubscriptionContext } from '../context.ts';
import type { Subscription } from '../data/subscription-store.ts';

/** Stores a new subscription. What others should hear of it is emitted in the same transaction: `tx.emit(…)`. */
export async function createSubscription(
  {
    subscriptions,
    transaction,
    clock,
    log,
  }: Pick<SubscriptionContext, 'subscriptions' | 'transaction' | 'clock' | 'log'>,
  { ownerId, title }: { ownerId: string; title: string },
): Promise<Subscription> {
  const made = await transaction((tx) => subscriptions.insert({ ownerId, title, createdAt: clock.now() }, tx));
  log.info({ subscriptionId: made.id }, 'subscription created');
  return made;
}
