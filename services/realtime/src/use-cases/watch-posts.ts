import type { RealtimeContext } from '../context.ts';
import type { Connection } from '../domain/connection.ts';

/** Posts that are asked for at the same time, so that one client does not keep `post` from all others. */
const AT_A_TIME = 10;

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
  const visible: boolean[] = [];
  for (let start = 0; start < asked.length; start += AT_A_TIME) {
    const part = asked.slice(start, start + AT_A_TIME);
    visible.push(...(await Promise.all(part.map((postId) => posts.isVisible(postId, connection.user)))));
  }
  const watched = asked.filter((_, index) => visible[index]);
  connections.watch(connection, watched);
  return watched;
}
