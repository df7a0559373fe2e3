import { isAdmin } from '@commons/platform';
import type { RealtimeContext } from '../context.ts';
import type { BlockChange } from '../domain/recent-blocks.ts';

/** Ends the watching of each other's posts by two of whom one blocks the other. Admins see everybody's. */
export function partUsers(
  { connections, recentBlocks }: Pick<RealtimeContext, 'connections' | 'recentBlocks'>,
  change: BlockChange,
): void {
  const { blockerId, blockedId } = change;
  recentBlocks.note(change);
  if (!recentBlocks.areApart(blockerId, blockedId)) return;
  end(blockerId, blockedId);
  end(blockedId, blockerId);

  function end(userId: string, authorId: string): void {
    for (const connection of connections.ofUser(userId))
      if (!isAdmin(connection.user)) connections.unwatchAuthor(connection, authorId);
  }
}
