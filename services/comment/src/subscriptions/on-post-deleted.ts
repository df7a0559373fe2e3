import { postDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { forgetPost } from '../use-cases/forget-post.ts';

export const onPostDeleted = subscribe(postDeleted, ({ ctx, data, tx }) => forgetPost(ctx, data.post_id, tx), {
  inTurn: ({ post_id }) => post_id,
});
