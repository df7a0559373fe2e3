import { postDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { closePost } from '../use-cases/close-post.ts';

/** A post's likes go with it, and those of its comments; a like that comes late finds that it has gone. */
export const onPostDeleted = subscribe(postDeleted, ({ ctx, data, tx }) =>
  closePost(ctx, { postId: data.post_id }, tx),
);
