import { listBlocks } from '@commons/contracts';
import { answer } from '../context.ts';

/** Every pair between which there ever was a block, for services that make their copies anew. */
export const answerListBlocks = answer(listBlocks, async ({ ctx, input: { after, limit } }) => {
  const place = after && { blockerId: after.from_id, blockedId: after.to_id };
  const pairs = await ctx.blocks.listPairs({ after: place, limit });
  return {
    pairs: pairs.map(({ blockerId, blockedId, isOn, revision }) => ({
      from_id: blockerId,
      to_id: blockedId,
      is_on: isOn,
      revision,
    })),
  };
});
