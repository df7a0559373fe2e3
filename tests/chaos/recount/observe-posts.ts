import type { SeenComment, SeenPost } from './observed.ts';
import { mapSome, readArray, readPages, type Read } from './read-all.ts';

type ListedPost = {
  id: string;
  title: string;
  content: string;
  tags: string[];
  author: { id: string };
  likes_count: number;
  comments_count: number;
};
type OwnPost = ListedPost & { likes: { user_id: string }[] };
type ListedComment = {
  id: string;
  content: string | null;
  author: { id: string } | null;
  parent: string | null;
  deleted: boolean;
  likes_count: number;
};
type Branch = ListedComment & { replies_count?: number; replies?: Branch[] };

const AT_ONCE = 8;

/** All posts of some authors, with who likes them and what is said below them. */
export async function observePosts(read: Read, authorIds: readonly string[]): Promise<Map<string, SeenPost>> {
  const lists = await mapSome(authorIds, AT_ONCE, (id) => readPages<ListedPost>(read, `/api/posts?author_id=${id}`));
  const listed = lists.flatMap(({ items }) => items);
  const seen = await mapSome(listed, AT_ONCE, (post) => observePost(read, post));
  return new Map(seen.flatMap((post) => (post ? [[post.id, post]] : [])));
}

/** @returns undefined for one that has gone since it was listed. */
async function observePost(read: Read, listed: ListedPost): Promise<SeenPost | undefined> {
  const { id } = listed;
  const own = (await read(`/api/posts/${id}`))?.body as OwnPost | undefined;
  const [likers, comments, tree] = await Promise.all([
    readPages<{ user_id: string }>(read, `/api/posts/${id}/likes`),
    readArray<ListedComment>(read, `/api/comments?post_id=${id}`),
    readArray<Branch>(read, `/api/comments?post_id=${id}&tree=true`),
  ]);
  if (!own) return undefined;
  const replies = new Map(tree.items.flatMap(flatten).map((branch) => [branch.id, branch.replies_count]));
  return {
    id,
    title: listed.title,
    content: listed.content,
    tags: listed.tags,
    authorId: listed.author.id,
    likesCount: listed.likes_count,
    commentsCount: listed.comments_count,
    own: {
      content: own.content,
      likesCount: own.likes_count,
      commentsCount: own.comments_count,
      likers: own.likes.map(({ user_id }) => user_id),
    },
    likers: likers.items.map(({ user_id }) => user_id),
    likersCount: likers.count,
    commentsTotal: comments.count,
    comments: comments.items.map((comment) => toSeen(comment, replies.get(comment.id))),
  };
}

const flatten = (branch: Branch): Branch[] => [branch, ...(branch.replies ?? []).flatMap(flatten)];

const toSeen = (
  { id, content, author, parent, deleted, likes_count }: ListedComment,
  repliesCount: number | undefined,
): SeenComment => ({
  id,
  content,
  authorId: author?.id ?? null,
  parentId: parent,
  deleted,
  likesCount: likes_count,
  repliesCount,
});
