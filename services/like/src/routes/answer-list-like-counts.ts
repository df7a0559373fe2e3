import { listLikeCounts } from '@commons/contracts';
import { answer } from '../context.ts';

/** The count of every target, for services that make their copies anew. */
export const answerListLikeCounts = answer(
  listLikeCounts,
  async ({ ctx, input: { target_type: type, after, limit } }) => {
    const counters = await ctx.counters.list({ type, limit, ...(after !== undefined && { after }) });
    return {
      counts: counters.map(({ target, count, revision }) => ({ target_id: target.id, likes_count: count, revision })),
    };
  },
);
