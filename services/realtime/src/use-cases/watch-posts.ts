import type { RealtimeContext } from '../context.ts';
import type { Connection } from '../domain/connections.ts';

/**
 * From now on the connection hears of these posts' likes, and of no others'.
 * @returns those that its user may see; the rest is left out.
 */
export async function watchPosts(
  { connections, posts }: RealtimeContext,
  connection: Connection,
  postIds: readonly string[],
): Promise<string[]> {
  const asked = [...new Set(postIds.map((postId) => postId.toLowerCase()))];
  const visible = await Promise.all(asked.map((postId) => posts.isVisible(postId, connection.user)));
  const watched = asked.filter((_, index) => visible[index]);
  connections.watch(connection, watched);
  return watched;
}
