import { commentDeleted } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { CommentContext } from '../context.ts';
import type { LiveComment } from '../domain/comment.ts';

type Parts = Pick<CommentContext, 'comments' | 'threads' | 'clock'>;

/**
 * Takes a comment away within a transaction in which it was read, and tells of it. One that was answered leaves a tombstone;
 * a tombstone goes with the last of its answers.
 * @param options.authorId whom the event names; null where the account has gone.
 */
export async function removeComment(
  ctx: Parts,
  { comment, authorId }: { comment: LiveComment; authorId: string | null },
  tx: Transaction,
): Promise<void> {
  const gone = await takeAway(ctx, comment, tx);
  const thread = await ctx.threads.change(comment.postId, { comments: -1, ...gone }, tx);
  if (!thread) return;
  tx.emit(commentDeleted, comment.id, {
    comment_id: comment.id,
    post_id: comment.postId,
    author_id: authorId,
    comments_count: thread.commentsCount,
    thread_revision: thread.revision,
  });
}

/** @returns by how much the lists grow shorter. */
async function takeAway(
  { comments, clock }: Parts,
  comment: LiveComment,
  tx: Transaction,
): Promise<{ listed: number; tops: number }> {
  const gone = { listed: 0, tops: 0 };
  if (comment.repliesCount > 0) {
    await comments.bury(comment.id, clock.now(), tx);
    return gone;
  }
  for (let id: string | null = comment.id, parentId = comment.parentId; id !== null;) {
    await comments.remove(id, tx);
    gone.listed -= 1;
    if (parentId === null) gone.tops -= 1;
    const parent: Awaited<ReturnType<typeof comments.changeReplies>> =
      parentId === null ? undefined : await comments.changeReplies(parentId, -1, tx);
    const isNoLongerNeeded = parent?.isDeleted === true && parent.repliesCount === 0;
    id = isNoLongerNeeded ? parent.id : null;
    parentId = parent?.parentId ?? null;
  }
  return gone;
}
