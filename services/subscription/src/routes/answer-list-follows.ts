import { listFollows } from '@commons/contracts';
import { answer } from '../context.ts';

/** Every pair between which there ever was something, for services that make their copies anew; accepted ones hold. */
export const answerListFollows = answer(listFollows, async ({ ctx, input: { after, limit } }) => {
  const place = after && { followerId: after.from_id, followingId: after.to_id };
  const pairs = await ctx.subscriptions.listPairs({ after: place, limit });
  return {
    pairs: pairs.map(({ followerId, followingId, status, revision }) => ({
      from_id: followerId,
      to_id: followingId,
      is_on: status === 'accepted',
      revision,
    })),
  };
});
