import type { User } from '@commons/platform';
import type { CommentContext } from '../context.ts';
import { growTree, type Branch } from '../domain/comment-tree.ts';
import type { Position } from '../data/comment-list.ts';
import { findVisibleThread } from './find-visible-thread.ts';

type Parts = Pick<CommentContext, 'commentList' | 'threads' | 'authors' | 'dapr'>;

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

/** Comments below a post, oldest first: a plain list, or a tree that is paged by the comments at its top. */
export async function listComments(
  ctx: Parts,
  { postId, user, isTree, from, limit }: ListRequest,
): Promise<CommentPage> {
  const thread = await findVisibleThread(ctx, { postId, user });
  const found = await ctx.commentList.list({ postId, onlyTops: isTree, ...from, limit: limit + 1 });
  const page = found.slice(0, limit);
  const replies = isTree
    ? await ctx.commentList.listBranches(
        page.map(({ id }) => id),
        MAX_REPLIES,
      )
    : [];
  const last = page.at(-1);
  return {
    branches: isTree ? growTree(page, replies) : page.map((comment) => ({ comment, replies: [] })),
    count: isTree ? thread.topsCount : thread.listedCount,
    next: found.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null,
    names: await ctx.authors.usernames([...page, ...replies].flatMap(({ authorId }) => authorId ?? [])),
  };
}
