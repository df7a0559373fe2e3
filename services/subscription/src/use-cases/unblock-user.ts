import { inAllTurns } from '@commons/platform';
import type { SubscriptionContext } from '../context.ts';
import type { BlockPair } from '../domain/block.ts';
import { announceUnblocked } from './announce-unblocked.ts';

type Parts = Pick<SubscriptionContext, 'blocks' | 'counters' | 'transaction' | 'queue' | 'log'>;

/** Blocks a user no more. What the block ended stays ended; where there is no block nothing happens. */
export async function unblockUser(ctx: Parts, pair: BlockPair): Promise<void> {
  const { blockerId, blockedId } = pair;
  const isEnded = await inAllTurns(ctx.queue, [blockerId, blockedId], () =>
    ctx.transaction(async (tx) => {
      const present = await ctx.blocks.find(pair, tx);
      if (!present?.isOn) return false;
      await announceUnblocked(ctx, await ctx.blocks.end(present.id, tx), tx);
      return true;
    }),
  );
  if (isEnded) ctx.log.info({ blockerId, blockedId }, 'user unblocked');
}
