import { isAdmin } from '@commons/platform';
import type { RealtimeContext } from '../context.ts';
import type { Connection, SeenPost } from '../domain/connection.ts';

/** Posts that are asked for at the same time, so that one client does not keep `post` from all others. */
const AT_A_TIME = 10;

/**
 * From now on the connection hears of these posts' likes, and of no others'.
 * @returns those that its user may see; the rest is left out.
 */
export async function watchPosts(
  ctx: Pick<RealtimeContext, 'connections' | 'posts' | 'recentBlocks'>,
  connection: Connection,
  postIds: readonly string[],
): Promise<string[]> {
  const asked = [...new Set(postIds.map((postId) => postId.toLowerCase()))];
  const posts = new Map<string, SeenPost>();
  for (let start = 0; start < asked.length; start += AT_A_TIME) {
    const part = asked.slice(start, start + AT_A_TIME);
    const found = await Promise.all(part.map((postId) => ctx.posts.find(postId, connection.user)));
    part.forEach((postId, index) => found[index] && posts.set(postId, found[index]));
  }
  for (const [postId, { authorId }] of posts) if (isHidden(ctx, connection, authorId)) posts.delete(postId);
  ctx.connections.watch(connection, posts);
  return [...posts.keys()];
}

/** Whether a block has begun since, of which `post` had not heard. */
const isHidden = (
  { recentBlocks }: Pick<RealtimeContext, 'recentBlocks'>,
  { user }: Connection,
  authorId: string,
): boolean => !isAdmin(user) && recentBlocks.areApart(user.id, authorId);
