import { inAllTurns, type Transaction } from '@commons/platform';
import type { SubscriptionContext } from '../context.ts';
import { NotPending, SubscriptionNotFound } from '../domain/subscription-errors.ts';
import type { Subscription } from '../domain/subscription.ts';
import { moveSubscription } from './move-subscription.ts';

type Parts = Pick<
  SubscriptionContext,
  'subscriptions' | 'counters' | 'people' | 'transaction' | 'queue' | 'clock' | 'log'
>;

export type RequestAnswer = {
  /** Who was asked. */
  userId: string;
  /** The request itself, or who asked. */
  request: { id: string } | { followerId: string };
  answer: 'accepted' | 'declined';
};

/**
 * Answers a request, for the one who was asked.
 * @throws SubscriptionNotFound where there is none, or not for this user; NotPending where it was answered before.
 */
export async function answerRequest(ctx: Parts, { userId, request, answer }: RequestAnswer): Promise<Subscription> {
  const { followerId } = await find(ctx, { userId, request });
  const answered = await inAllTurns(ctx.queue, [userId, followerId], () =>
    ctx.transaction(async (tx) => {
      const from = await find(ctx, { userId, request }, tx);
      if (from.status !== 'pending') throw new NotPending();
      return moveSubscription(ctx, { pair: from, from, to: answer, askingId: userId }, tx);
    }),
  );
  ctx.log.info({ subscriptionId: answered.id, answer }, 'request answered');
  return answered;
}

/** What was taken back is there no more. */
async function find(
  { subscriptions }: Parts,
  { userId, request }: Pick<RequestAnswer, 'userId' | 'request'>,
  tx?: Transaction,
): Promise<Subscription> {
  const found =
    'id' in request
      ? await subscriptions.find(request.id, tx)
      : await subscriptions.findBetween({ followerId: request.followerId, followingId: userId }, tx);
  if (found?.followingId !== userId || found.status === 'ended') throw new SubscriptionNotFound();
  return found;
}
