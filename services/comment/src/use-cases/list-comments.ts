import type { User } from '@commons/platform';
import type { CommentContext } from '../context.ts';
import { growTree, type Branch } from '../domain/comment-tree.ts';
import type { Position } from '../data/comment-list.ts';
import { withoutHidden, type Comment } from '../domain/comment.ts';
import { findHidden } from './find-hidden.ts';
import { findVisibleThread } from './find-visible-thread.ts';

type Parts = Pick<CommentContext, 'commentList' | 'threads' | 'authors' | 'blocks' | 'dapr'>;

export type ListRequest = {
  postId: string;
  user: User | undefined;
  isTree: boolean;
  /** Where to begin: so many comments from the start, or after a place. */
  from: { skip: number } | { after: Position };
  limit: number;
};

export type CommentPage = {
  branches: Branch[];
  /** All comments of the list, those at the top in a tree. */
  count: number;
  /** The place of the last one here, where others follow. */
  next: Position | null;
  names: Map<string, string>;
};

/** Answers below one comment at the top that a tree shows; the plain list has them all. */
const MAX_REPLIES = 100;

/**
 * Comments below a post, oldest first: a plain list, or a tree that is paged by the comments at its top. Those by somebody who
 * is hidden from the user are left out; one that was answered looks as if it were deleted.
 */
export async function listComments(
  ctx: Parts,
  { postId, user, isTree, from, limit }: ListRequest,
): Promise<CommentPage> {
  const thread = await findVisibleThread(ctx, { postId, user });
  const notBy = await findHidden(ctx, user);
  const part = { postId, onlyTops: isTree, notBy };
  const [found, leftOut] = await Promise.all([
    ctx.commentList.list({ ...part, ...from, limit: limit + 1 }),
    notBy.length > 0 ? ctx.commentList.countLeftOut(part) : 0,
  ]);
  const hidden = new Set(notBy);
  const page = found.slice(0, limit).map((comment) => withoutHidden(comment, hidden));
  const replies = isTree ? await listReplies(ctx, page, hidden) : [];
  const last = page.at(-1);
  return {
    branches: isTree ? growTree(page, replies) : page.map((comment) => ({ comment, replies: [] })),
    count: Math.max(0, (isTree ? thread.topsCount : thread.listedCount) - leftOut),
    next: found.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null,
    names: await ctx.authors.usernames([...page, ...replies].flatMap(({ authorId }) => authorId ?? [])),
  };
}

async function listReplies(
  { commentList }: Parts,
  tops: readonly Comment[],
  hidden: ReadonlySet<string>,
): Promise<Comment[]> {
  const ids = tops.map(({ id }) => id);
  const replies = await commentList.listBranches(ids, { notBy: [...hidden], limitEach: MAX_REPLIES });
  return replies.map((reply) => withoutHidden(reply, hidden));
}
