import { listCommentCounts } from '@commons/contracts';
import type { Dapr } from '@commons/platform';

export type Comments = {
  /** Exact counts in the order of the posts' ids, from the one after `after`. */
  counts(options: { after?: string; limit: number }): Promise<{ postId: string; count: number; revision: number }[]>;
};

/** The comments on posts, which are `comment`'s. */
export function createComments({ dapr }: { dapr: Pick<Dapr, 'call'> }): Comments {
  return {
    async counts({ after, limit }) {
      const { counts } = await dapr.call(listCommentCounts, { limit, ...(after && { after }) });
      return counts.map(({ post_id, comments_count, thread_revision }) => ({
        postId: post_id,
        count: comments_count,
        revision: thread_revision,
      }));
    },
  };
}
