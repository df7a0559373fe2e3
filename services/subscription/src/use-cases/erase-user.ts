import { userDataErased } from '@commons/contracts';
import { inAllTurns, type JobRun, type Transaction } from '@commons/platform';
import type { SubscriptionContext } from '../context.ts';
import { isLive, type Subscription } from '../domain/subscription.ts';
import { announceUnblocked } from './announce-unblocked.ts';
import { countMove } from './count-move.ts';
import { emitSubscriptionMove } from './emit-subscription-move.ts';

type Parts = Pick<
  SubscriptionContext,
  'subscriptions' | 'blocks' | 'counters' | 'people' | 'queue' | 'clock' | 'log' | 'service'
>;

/** Pairs of each kind that one transaction removes, each with its event. */
const BATCH = 50;

/**
 * A step of the job that removes all that a deleted user has with others: some of it, and at the end the word that it is done. Each
 * step writes to the user's counter, as everything does that begins with the user: nothing slips through.
 */
export async function eraseUser(ctx: Parts, { data, commit }: JobRun<{ user_id: string }>): Promise<void> {
  const { user_id: userId } = data;
  let isDone = false;
  await inAllTurns(ctx.queue, await peopleOfStep(ctx, userId), () =>
    commit(async (tx) => {
      await ctx.counters.close(userId, ctx.clock.now(), tx);
      const removed = [await removeSubscriptions(ctx, userId, tx), await removeBlocks(ctx, userId, tx)];
      isDone = removed.every((count) => count < BATCH);
      if (!isDone) return data;
      tx.emit(userDataErased, userId, { user_id: userId, service: ctx.service });
      return undefined;
    }),
  );
  if (isDone) ctx.log.info({ userId }, 'user erased');
}

/** Those to whose counters the step will write. */
async function peopleOfStep({ subscriptions, blocks }: Parts, userId: string): Promise<string[]> {
  const [some, others] = await Promise.all([subscriptions.someOf(userId, BATCH), blocks.someOf(userId, BATCH)]);
  return [
    userId,
    ...some.flatMap(({ followerId, followingId }) => [followerId, followingId]),
    ...others.flatMap(({ blockerId, blockedId }) => [blockerId, blockedId]),
  ];
}

async function removeSubscriptions(ctx: Parts, userId: string, tx: Transaction): Promise<number> {
  const some = await ctx.subscriptions.someOf(userId, BATCH, tx);
  const live = some.filter(isLive);
  const names = await ctx.people.find(
    live.flatMap(({ followerId, followingId }) => [followerId, followingId]),
    tx,
  );
  for (const subscription of live) {
    const { status: from } = subscription;
    const counted = await countMove(ctx, { pair: subscription, from, to: 'ended' }, tx);
    const ended: Subscription = { ...subscription, status: 'ended', revision: subscription.revision + 1 };
    emitSubscriptionMove({ subscription: ended, from, names, ...counted }, tx);
  }
  await ctx.subscriptions.removeAll(idsOf(some), tx);
  return some.length;
}

async function removeBlocks(ctx: Parts, userId: string, tx: Transaction): Promise<number> {
  const some = await ctx.blocks.someOf(userId, BATCH, tx);
  for (const block of some.filter(({ isOn }) => isOn))
    await announceUnblocked(ctx, { ...block, isOn: false, revision: block.revision + 1 }, tx);
  await ctx.blocks.removeAll(idsOf(some), tx);
  return some.length;
}

const idsOf = (entries: readonly { id: string }[]): string[] => entries.map(({ id }) => id);
