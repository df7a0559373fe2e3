import { userBlocked } from '@commons/contracts';
import { inAllTurns, type Transaction, type User } from '@commons/platform';
import type { SubscriptionContext } from '../context.ts';
import type { Block, BlockPair } from '../domain/block.ts';
import { Oneself } from '../domain/subscription-errors.ts';
import { endSubscription } from './end-subscription.ts';
import { findAsking } from './find-asking.ts';
import { findPerson } from './find-person.ts';
import { requireThere } from './require-there.ts';

type Parts = Pick<
  SubscriptionContext,
  'subscriptions' | 'blocks' | 'counters' | 'people' | 'users' | 'profiles' | 'transaction' | 'queue' | 'clock' | 'log'
>;

export type BlockOutcome = { block: Block; isNew: boolean };

/**
 * Blocks a user: subscriptions and requests between the two end, in both directions, and none can be asked for.
 * @throws Oneself, UserNotFound
 */
export async function blockUser(ctx: Parts, { user, userId }: { user: User; userId: string }): Promise<BlockOutcome> {
  if (userId === user.id) throw new Oneself();
  await findAsking(ctx, user);
  await findPerson(ctx, userId);
  const pair = { blockerId: user.id, blockedId: userId };
  const outcome = await inAllTurns(ctx.queue, [user.id, userId], () => ctx.transaction((tx) => begin(ctx, pair, tx)));
  if (outcome.isNew) ctx.log.info({ blockId: outcome.block.id }, 'user blocked');
  return outcome;
}

async function begin(ctx: Parts, pair: BlockPair, tx: Transaction): Promise<BlockOutcome> {
  const { blockerId, blockedId } = pair;
  const present = await ctx.blocks.find(pair, tx);
  if (present?.isOn) return { block: present, isNew: false };
  const blocker = await ctx.counters.change(blockerId, { blocks: 1 }, tx);
  const blocked = await ctx.counters.change(blockedId, { blockedBy: 1 }, tx);
  requireThere([blocker, blocked], blockerId);
  const directions = [
    { followerId: blockerId, followingId: blockedId },
    { followerId: blockedId, followingId: blockerId },
  ];
  for (const direction of directions) await endSubscription(ctx, { pair: direction, askingId: blockerId }, tx);
  const block = await ctx.blocks.begin(pair, ctx.clock.now(), tx);
  tx.emit(userBlocked, block.id, { blocker_id: blockerId, blocked_id: blockedId, revision: block.revision });
  return { block, isNew: true };
}
