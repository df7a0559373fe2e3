import { commentCreated } from '@commons/contracts';
import { BadRequest, inAllTurns, Unauthorized, type Transaction, type User } from '@commons/platform';
import type { CommentContext } from '../context.ts';
import type { Comment, LiveComment } from '../domain/comment.ts';
import type { Thread } from '../domain/thread.ts';
import { confirmVisibleThread } from './confirm-visible-thread.ts';
import { isHidden } from './find-hidden.ts';
import { commentNotFound } from './find-visible-comment.ts';
import { postNotFound } from './find-visible-thread.ts';

type Parts = Pick<
  CommentContext,
  'comments' | 'threads' | 'authors' | 'blocks' | 'dapr' | 'transaction' | 'queue' | 'clock' | 'log'
>;

export type NewComment = { postId: string; content: string; parentId: string | undefined; user: User };

/**
 * Writes a comment below a post, or below another comment of the same post, and tells of it.
 * @throws NotFound where the user may not see the post or the parent, BadRequest where the parent is not one of its comments.
 */
export async function createComment(ctx: Parts, wanted: NewComment): Promise<Comment> {
  const { postId } = await confirmVisibleThread(ctx, wanted);
  const comment = await inAllTurns(ctx.queue, [postId, `author:${wanted.user.id}`], () =>
    ctx.transaction((tx) => write(ctx, { ...wanted, postId }, tx)),
  );
  ctx.log.info({ commentId: comment.id, postId }, 'comment created');
  return comment;
}

/** The thread is written first: whoever else changes it at this moment waits for the end, or has to begin again. */
async function write(ctx: Parts, { postId, content, parentId, user }: NewComment, tx: Transaction): Promise<Comment> {
  const at = ctx.clock.now();
  const thread = await ctx.threads.change(postId, { comments: 1, listed: 1, tops: parentId === undefined ? 1 : 0 }, tx);
  if (!thread) throw postNotFound();
  const username = await ctx.authors.noteWriting(user, at, tx);
  if (username === undefined) throw new Unauthorized('This account has been deleted.', 'token_revoked');
  const parent = parentId === undefined ? undefined : await answerTo(ctx, { parentId, thread, user }, tx);
  const place = { postId, parentId: parent?.id ?? null, topId: parent?.topId ?? parent?.id ?? null };
  const comment = await ctx.comments.create({ ...place, authorId: user.id, content, at }, tx);
  tx.emit(commentCreated, comment.id, {
    comment_id: comment.id,
    post_id: postId,
    post_author_id: thread.authorId,
    post_title: thread.title,
    parent: place.parentId,
    parent_author_id: parent?.authorId ?? null,
    author_id: user.id,
    author_username: username,
    comments_count: thread.commentsCount,
    thread_revision: thread.revision,
  });
  return comment;
}

/** @returns the comment that is answered, with the answer counted. */
async function answerTo(
  { comments, blocks }: Parts,
  { parentId, thread, user }: { parentId: string; thread: Thread; user: User },
  tx: Transaction,
): Promise<LiveComment> {
  const parent = await comments.find(parentId, tx);
  if (!parent || parent.isDeleted) throw wrongParent('is no comment', 'parent_not_found');
  if (parent.postId !== thread.postId) throw wrongParent('is a comment on another post', 'parent_of_another_post');
  if (await isHidden({ blocks }, user, parent.authorId)) throw commentNotFound();
  await comments.changeReplies(parent.id, 1, tx);
  return parent;
}

const wrongParent = (message: string, code: string): BadRequest =>
  new BadRequest(`parent: ${message}`, code, [{ path: 'parent', message }]);
