import { commentDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { commentTarget } from '../domain/target.ts';
import { buryTarget } from '../use-cases/bury-target.ts';

export const onCommentDeleted = subscribe(
  commentDeleted,
  ({ ctx, data: { comment_id, post_id }, tx }) =>
    buryTarget(ctx, { target: commentTarget(comment_id), postId: post_id }, tx),
  { inTurn: ({ post_id }) => post_id },
);
