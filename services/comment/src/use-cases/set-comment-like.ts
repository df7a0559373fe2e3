import { setLike } from '@commons/contracts';
import type { User } from '@commons/platform';
import type { CommentContext } from '../context.ts';
import { findVisibleComment } from './find-visible-comment.ts';

type Parts = Pick<CommentContext, 'comments' | 'threads' | 'blocks' | 'dapr'>;

export type CommentLike = { comment_id: string; liked: boolean; likes_count: number; message: string };

/**
 * Has a comment liked or not by a user. `like` owns the likes and counts them; the copy here follows at once where the
 * answer says how, and by its events in any case.
 * @throws NotFound where there is no such comment for this user.
 */
export async function setCommentLike(
  ctx: Parts,
  { id, user, action }: { id: string; user: User; action: 'toggle' | 'like' | 'unlike' },
): Promise<CommentLike> {
  const comment = await findVisibleComment(ctx, { id, user });
  const { liked, likes_count, revision } = await ctx.dapr.call(setLike, {
    target_type: 'comment',
    target_id: comment.id,
    post_id: comment.postId,
    target_author_id: comment.authorId,
    title: '',
    action,
  });
  if (revision !== undefined) {
    await ctx.comments.setLikes({ id: comment.id, likesCount: likes_count, likesRevision: revision });
  }
  return {
    comment_id: comment.id,
    liked,
    likes_count,
    message: liked ? 'You like this comment.' : 'You do not like this comment.',
  };
}
