import { id } from '@commons/contracts';
import type { User } from '@commons/platform';
import { z } from 'zod';
import type { LikeAction } from '../clients/likes.ts';
import type { PostContext } from '../context.ts';
import { setPostLike } from '../use-cases/set-post-like.ts';

export const likeView = z.object({ post_id: id, liked: z.boolean(), likes_count: z.int(), message: z.string() });

/** Sets a like and shows what became of it. */
export async function likeAndShow(
  ctx: PostContext,
  request: { postId: string; user: User; action: LikeAction },
): Promise<z.infer<typeof likeView>> {
  const { liked, count } = await setPostLike(ctx, request);
  const message = liked ? 'You like this post.' : 'You do not like this post.';
  return { post_id: request.postId, liked, likes_count: count, message };
}
