import { commentCreated } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** The count of comments follows its owner, `comment`. */
export const onCommentCreated = subscribe(commentCreated, ({ ctx, data }) =>
  ctx.commentsCounts.follow({ postId: data.post_id, count: data.comments_count, revision: data.thread_revision }),
);
