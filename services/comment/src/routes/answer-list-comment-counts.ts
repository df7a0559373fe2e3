import { listCommentCounts } from '@commons/contracts';
import { answer } from '../context.ts';

export const answerListCommentCounts = answer(listCommentCounts, async ({ ctx, input }) => {
  const threads = await ctx.threads.list(input);
  return {
    counts: threads.map(({ postId, commentsCount, revision }) => ({
      post_id: postId,
      comments_count: commentsCount,
      thread_revision: revision,
    })),
  };
});
