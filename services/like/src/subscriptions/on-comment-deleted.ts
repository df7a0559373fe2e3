import { commentDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { commentTarget } from '../domain/target.ts';
import { closeTarget } from '../use-cases/close-target.ts';

/** A comment's likes go with it; a like that comes late finds that it has gone. */
export const onCommentDeleted = subscribe(commentDeleted, ({ ctx, data, tx }) =>
  closeTarget(ctx, { target: commentTarget(data.comment_id), postId: data.post_id }, tx),
);
