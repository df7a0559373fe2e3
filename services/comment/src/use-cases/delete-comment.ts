import { Forbidden, isAdmin, requireMatch, type User } from '@commons/platform';
import type { CommentContext } from '../context.ts';
import type { LiveComment } from '../domain/comment.ts';
import { commentNotFound, findVisibleComment } from './find-visible-comment.ts';
import { removeComment } from './remove-comment.ts';

type Parts = Pick<
  CommentContext,
  'comments' | 'threads' | 'blocks' | 'dapr' | 'transaction' | 'queue' | 'clock' | 'log'
>;

export type CommentDeletion = { id: string; user: User; ifMatch: string | undefined };

/**
 * Deletes a comment; its author may, also below a post that they may no longer see, and an admin.
 * @throws NotFound, Forbidden, PreconditionFailed.
 */
export async function deleteComment(ctx: Parts, { id, user, ifMatch }: CommentDeletion): Promise<void> {
  const { postId } = await requireRight(ctx, id, user);
  await ctx.queue(postId, () =>
    ctx.transaction(async (tx) => {
      const comment = await ctx.comments.find(id, tx);
      if (!comment || comment.isDeleted) throw commentNotFound();
      requireMatch(ifMatch, comment.revision);
      await removeComment(ctx, { comment, authorId: comment.authorId }, tx);
    }),
  );
  ctx.log.info({ commentId: id }, 'comment deleted');
}

/** Somebody else hears that they may not only where they may know that there is such a comment. */
async function requireRight(ctx: Parts, id: string, user: User): Promise<LiveComment> {
  const comment = await ctx.comments.find(id);
  if (!comment || comment.isDeleted) throw commentNotFound();
  if (comment.authorId === user.id || isAdmin(user)) return comment;
  await findVisibleComment(ctx, { id, user });
  throw new Forbidden('This comment belongs to somebody else.', 'not_the_author');
}
