import { commentUpdated } from '@commons/contracts';
import { Forbidden, isAdmin, requireMatch, type User } from '@commons/platform';
import type { CommentContext } from '../context.ts';
import type { Comment } from '../domain/comment.ts';
import { commentNotFound, findVisibleComment } from './find-visible-comment.ts';

type Parts = Pick<CommentContext, 'comments' | 'threads' | 'blocks' | 'dapr' | 'transaction' | 'clock' | 'log'>;

export type CommentEdit = { id: string; content: string; user: User; ifMatch: string | undefined };

/**
 * Changes what a comment says; its author may, and an admin, where they may see the post.
 * @throws NotFound, Forbidden, PreconditionFailed.
 */
export async function editComment(ctx: Parts, { id, content, user, ifMatch }: CommentEdit): Promise<Comment> {
  const { authorId } = await findVisibleComment(ctx, { id, user });
  if (authorId !== user.id && !isAdmin(user))
    throw new Forbidden('This comment belongs to somebody else.', 'not_the_author');
  const edited = await ctx.transaction(async (tx) => {
    const present = await ctx.comments.find(id, tx);
    if (!present || present.isDeleted) throw commentNotFound();
    requireMatch(ifMatch, present.revision);
    const changed = await ctx.comments.edit(id, { content, at: ctx.clock.now() }, tx);
    if (!changed) throw commentNotFound();
    tx.emit(commentUpdated, changed.id, {
      comment_id: changed.id,
      post_id: changed.postId,
      author_id: authorId,
      revision: changed.revision,
    });
    return changed;
  });
  ctx.log.info({ commentId: edited.id }, 'comment edited');
  return edited;
}
