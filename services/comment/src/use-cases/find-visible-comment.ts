import { HttpError, NotFound, type User } from '@commons/platform';
import type { CommentContext } from '../context.ts';
import type { LiveComment } from '../domain/comment.ts';
import { isHidden } from './find-hidden.ts';
import { findVisibleThread } from './find-visible-thread.ts';

type Parts = Pick<CommentContext, 'comments' | 'threads' | 'blocks' | 'dapr'>;

/**
 * A comment that is still there, by somebody whom the user sees, below a post that the user may see.
 * @throws NotFound (`comment_not_found`).
 */
export async function findVisibleComment(
  ctx: Parts,
  { id, user }: { id: string; user: User | undefined },
): Promise<LiveComment> {
  const comment = await ctx.comments.find(id);
  if (!comment || comment.isDeleted || (await isHidden(ctx, user, comment.authorId))) throw commentNotFound();
  try {
    await findVisibleThread(ctx, { postId: comment.postId, user });
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) throw commentNotFound();
    throw error;
  }
  return comment;
}

export const commentNotFound = (): NotFound => new NotFound('There is no such comment.', 'comment_not_found');
