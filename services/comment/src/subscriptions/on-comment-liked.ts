import { commentLiked } from '@commons/contracts';
import { subscribe } from '../context.ts';

export const onCommentLiked = subscribe(
  commentLiked,
  async ({ ctx, data: { comment_id, likes_count, revision }, tx }) => {
    await ctx.comments.setLikes({ id: comment_id, likesCount: likes_count, likesRevision: revision }, tx);
  },
  { inTurn: ({ comment_id }) => comment_id },
);
