import type { Blocks, RelationCopies, User } from '@commons/platform';
import type { AuthorStore } from '../data/author-store.ts';
import type { PostList, Position } from '../data/post-list.ts';
import { canSee } from '../domain/can-see.ts';
import { followersList, MERGED_LISTS } from '../domain/lists.ts';
import { findHidden } from './find-relation.ts';
import type { ListedPost } from './list-posts.ts';

type Parts = { postList: PostList; authors: AuthorStore; follows: RelationCopies; blocks: Blocks };

export type ListFeed = { viewer: User; limit: number };

/** So many posts of a feed are counted, and read by page; a cursor reads on to its end. */
const COUNTED_FEED = 1_000;

/** A page of what those whom somebody follows have posted, newest first, and how many posts there are: at most `COUNTED_FEED`. */
export async function listFeed(
  parts: Parts,
  { viewer, limit, page }: ListFeed & { page: number },
): Promise<{ count: number; posts: ListedPost[] }> {
  const followed = await findFollowed(parts, viewer);
  const count = await parts.postList.count({ lists: followed.map(followersList), limit: COUNTED_FEED });
  const end = Math.min(page * limit, count);
  const start = (page - 1) * limit;
  if (start >= end) return { count, posts: [] };
  const newest = await findNewest(parts, followed, { limit: end });
  return { count, posts: await show(parts, viewer, newest.slice(start)) };
}

/** The same after a position, as deep as one likes; the position after it, or null at the end. */
export async function listFeedAfter(
  parts: Parts,
  { viewer, limit, after }: ListFeed & { after: Position | undefined },
): Promise<{ posts: ListedPost[]; next: Position | null }> {
  const followed = await findFollowed(parts, viewer);
  const found = await findNewest(parts, followed, { limit: limit + 1, ...(after && { after }) });
  const newest = found.slice(0, limit);
  return { posts: await show(parts, viewer, newest), next: found.length > limit ? (newest.at(-1) ?? null) : null };
}

/** Who is blocked is left out even where the end of the subscription has not been heard of yet. */
async function findFollowed({ follows, blocks }: Parts, viewer: User): Promise<string[]> {
  const [followed, hidden] = await Promise.all([follows.targetsOf(viewer.id), findHidden({ blocks }, viewer)]);
  const isHidden = new Set(hidden);
  return followed.filter((id) => !isHidden.has(id));
}

/**
 * Where the newest posts of some authors stand. Their lists are merged as many at a time as the database can, beginning
 * with those who posted last, and no further than to those whose last post is older than all that is wanted.
 */
async function findNewest(
  { authors, postList }: Parts,
  followed: readonly string[],
  { limit, after }: { limit: number; after?: Position },
): Promise<Position[]> {
  if (followed.length <= MERGED_LISTS) return newestOf(followed);
  let newest: Position[] = [];
  const waiting = await authors.lastPosted(followed);
  while (waiting.length > 0) {
    const group = waiting.splice(0, MERGED_LISTS);
    newest = [...newest, ...(await newestOf(group.map(({ id }) => id)))].toSorted(newestFirst).slice(0, limit);
    const [oldest, next] = [newest[limit - 1], waiting[0]];
    if (oldest && next && oldest.value > next.at.getTime()) break;
  }
  return newest;

  async function newestOf(ids: readonly string[]): Promise<Position[]> {
    if (ids.length === 0) return [];
    return postList.newest({ lists: ids.map(followersList), limit, ...(after && { after }) });
  }
}

const newestFirst = (a: Position, b: Position): number => b.value - a.value || (a.id < b.id ? 1 : -1);

/** What has been hidden or removed since it was found is left out. */
async function show({ postList, authors }: Parts, viewer: User, positions: Position[]): Promise<ListedPost[]> {
  const found = new Map((await postList.byIds(positions.map(({ id }) => id))).map((post) => [post.id, post]));
  const posts = positions.flatMap(({ id }) => found.get(id) ?? []);
  const visible = posts.filter((post) => canSee(post, viewer, { isFollower: true, isApart: false }));
  const usernames = await authors.usernames(visible.map(({ authorId }) => authorId));
  return visible.map((post) => ({ post, username: usernames.get(post.authorId) ?? '' }));
}
