import type { User } from '@commons/platform';
import type { PostCountCache } from '../clients/post-count-cache.ts';
import type { AuthorStore } from '../data/author-store.ts';
import type { Order, PostFilter, PostList, Position } from '../data/post-list.ts';
import type { Post } from '../domain/post.ts';
import { readableScopes, type Scope } from '../domain/readable-scopes.ts';
import { countPosts } from './count-posts.ts';

type Parts = { postList: PostList; postCountCache: PostCountCache; authors: AuthorStore };

export type ListPosts = PostFilter & { viewer: User | undefined; authorId?: string; order: Order; limit: number };
export type ListedPost = { post: Post; username: string };

/** A page of the posts that somebody may see, and how many there are. */
export async function listPosts(
  parts: Parts,
  { viewer, authorId, order, limit, page, ...filter }: ListPosts & { page: number },
): Promise<{ count: number; posts: ListedPost[] }> {
  const scopes = readableScopes(viewer, authorId);
  const skip = (page - 1) * limit;
  const read = (): Promise<ListedPost[]> => readNamed(parts, { ...filter, scopes, order, limit, skip });
  const counted = countPosts(parts, { ...filter, scopes });
  if (page > 1 && skip >= (await counted)) return { count: await counted, posts: [] };
  const [posts, count] = await Promise.all([read(), counted]);
  return { count, posts };
}

/** The posts after a position, at the same cost however deep it is; the position after them, or null at the end. */
export async function listPostsAfter(
  parts: Parts,
  { viewer, authorId, limit, after, ...query }: ListPosts & { after: Position | undefined },
): Promise<{ posts: ListedPost[]; next: Position | null }> {
  const scopes = readableScopes(viewer, authorId);
  const found = await readNamed(parts, { ...query, scopes, limit: limit + 1, ...(after && { after }) });
  const posts = found.slice(0, limit);
  const last = posts.at(-1)?.post;
  return { posts, next: found.length > limit && last ? positionOf(last, query.order) : null };
}

type Read = PostFilter & { scopes: readonly Scope[]; order: Order; limit: number; skip?: number; after?: Position };

async function readNamed({ postList, authors }: Parts, read: Read): Promise<ListedPost[]> {
  const posts = await postList.read(read);
  const usernames = await authors.usernames(posts.map(({ authorId }) => authorId));
  return posts.map((post) => ({ post, username: usernames.get(post.authorId) ?? '' }));
}

const positionOf = (post: Post, { field }: Order): Position => ({
  value: field === 'created_at' ? post.createdAt.getTime() : post.likesCount,
  id: post.id,
});
