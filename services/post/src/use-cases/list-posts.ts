import type { User } from '@commons/platform';
import type { PostCountCache } from '../clients/post-count-cache.ts';
import type { AuthorStore } from '../data/author-store.ts';
import type { Narrowing, Order, PostList, Position } from '../data/post-list.ts';
import type { Post } from '../domain/post.ts';
import { readableLists, tagList } from '../domain/lists.ts';
import { countPosts } from './count-posts.ts';

type Parts = { postList: PostList; postCountCache: PostCountCache; authors: AuthorStore };

export type ListPosts = {
  viewer: User | undefined;
  authorId?: string;
  tag?: string;
  /** All of these are in the post. */
  words?: readonly string[];
  order: Order;
  limit: number;
};
export type ListedPost = { post: Post; username: string };

/** A page of the posts that somebody may see, and how many there are. */
export async function listPosts(
  parts: Parts,
  { page, ...query }: ListPosts & { page: number },
): Promise<{ count: number; posts: ListedPost[] }> {
  const { order, limit } = query;
  const filter = filterOf(query);
  const skip = (page - 1) * limit;
  const counted = countPosts(parts, filter);
  if (page > 1 && skip >= (await counted)) return { count: await counted, posts: [] };
  const [posts, count] = await Promise.all([readNamed(parts, { ...filter, order, limit, skip }), counted]);
  return { count, posts };
}

/** The posts after a position, at the same cost however deep it is; the position after them, or null at the end. */
export async function listPostsAfter(
  parts: Parts,
  { after, ...query }: ListPosts & { after: Position | undefined },
): Promise<{ posts: ListedPost[]; next: Position | null }> {
  const { order, limit } = query;
  const found = await readNamed(parts, { ...filterOf(query), order, limit: limit + 1, ...(after && { after }) });
  const posts = found.slice(0, limit);
  const last = posts.at(-1)?.post;
  return { posts, next: found.length > limit && last ? positionOf(last, order) : null };
}

type Filter = Narrowing & { lists: readonly string[] };

function filterOf({ viewer, authorId, tag, words }: ListPosts): Filter {
  const about = { ...(authorId !== undefined && { authorId }), ...(tag !== undefined && { tag }) };
  const isTagBesideAuthor = authorId !== undefined && tag !== undefined;
  return {
    lists: readableLists(viewer, about),
    ...(isTagBesideAuthor && { alsoIn: [tagList(tag)] }),
    ...(words && { words }),
  };
}

type Read = Filter & { order: Order; limit: number; skip?: number; after?: Position };

async function readNamed({ postList, authors }: Parts, read: Read): Promise<ListedPost[]> {
  const posts = await postList.read(read);
  const usernames = await authors.usernames(posts.map(({ authorId }) => authorId));
  return posts.map((post) => ({ post, username: usernames.get(post.authorId) ?? '' }));
}

const positionOf = (post: Post, { field }: Order): Position => ({
  value: field === 'created_at' ? post.createdAt.getTime() : post.likesCount,
  id: post.id,
});
