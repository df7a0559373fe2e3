import { commentDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** The count of comments follows its owner, `comment`. */
export const onCommentDeleted = subscribe(commentDeleted, ({ ctx, data }) =>
  ctx.commentsCounts.follow({ postId: data.post_id, count: data.comments_count, revision: data.thread_revision }),
);
