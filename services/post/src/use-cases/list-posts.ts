import type { User } from '@commons/platform';
import type { PostCountCache } from '../clients/post-count-cache.ts';
import type { AuthorStore } from '../data/author-store.ts';
import type { Narrowing, Order, PostList, Position } from '../data/post-list.ts';
import type { Post } from '../domain/post.ts';
import { publicListOf, readableLists, tagList } from '../domain/lists.ts';
import { countLists, countPosts } from './count-posts.ts';
import { findHidden, findRelation, type Relations } from './find-relation.ts';

type Parts = Relations & { postList: PostList; postCountCache: PostCountCache; authors: AuthorStore };

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
  const filter = await filterOf(parts, query);
  if (!filter) return { count: 0, posts: [] };
  const skip = (page - 1) * limit;
  const counted = count(parts, query, filter);
  if (page > 1 && skip >= (await counted)) return { count: await counted, posts: [] };
  const [posts, total] = await Promise.all([readNamed(parts, { ...filter, order, limit, skip }), counted]);
  return { count: total, posts };
}

/** The posts after a position, at the same cost however deep it is; the position after them, or null at the end. */
export async function listPostsAfter(
  parts: Parts,
  { after, ...query }: ListPosts & { after: Position | undefined },
): Promise<{ posts: ListedPost[]; next: Position | null }> {
  const { order, limit } = query;
  const filter = await filterOf(parts, query);
  if (!filter) return { posts: [], next: null };
  const found = await readNamed(parts, { ...filter, order, limit: limit + 1, ...(after && { after }) });
  const posts = found.slice(0, limit);
  const last = posts.at(-1)?.post;
  return { posts, next: found.length > limit && last ? positionOf(last, order) : null };
}

type Filter = Narrowing & { lists: readonly string[]; notBy: readonly string[] };

/** @returns undefined where the author and the viewer are hidden from each other: then there is nothing to see. */
async function filterOf(parts: Parts, { viewer, authorId, tag, words }: ListPosts): Promise<Filter | undefined> {
  const narrowing = words ? { words } : {};
  if (authorId === undefined) {
    const lists = readableLists(viewer, tag === undefined ? {} : { tag });
    return { lists, ...narrowing, notBy: await findHidden(parts, viewer) };
  }
  const { isFollower, isApart } = await findRelation(parts, viewer, authorId);
  if (isApart) return undefined;
  const alsoIn = tag === undefined ? {} : { alsoIn: [tagList(tag)] };
  return { lists: readableLists(viewer, { authorId }, isFollower), ...alsoIn, ...narrowing, notBy: [] };
}

/** What is in the lists without what hidden authors have in them, which each has in a list of their own. */
async function count(parts: Parts, { tag }: ListPosts, { notBy, ...filter }: Filter): Promise<number> {
  if (notBy.length === 0) return countPosts(parts, filter);
  const theirs = {
    lists: notBy.map(publicListOf),
    ...(tag !== undefined && { alsoIn: [tagList(tag)] }),
    ...(filter.words && { words: filter.words }),
  };
  const [all, hidden] = await Promise.all([countPosts(parts, filter), countLists(parts, theirs)]);
  return Math.max(0, all - hidden);
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
