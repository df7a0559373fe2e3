import { postDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { postTarget } from '../domain/target.ts';
import { buryTarget } from '../use-cases/bury-target.ts';

export const onPostDeleted = subscribe(
  postDeleted,
  ({ ctx, data: { post_id }, tx }) => buryTarget(ctx, { target: postTarget(post_id), postId: post_id }, tx),
  { inTurn: ({ post_id }) => post_id },
);
