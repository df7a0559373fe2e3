import type { RealtimeContext } from '../context.ts';
import type { BlockChange } from '../domain/recent-blocks.ts';

/** Ends the watching of each other's posts by two of whom one blocks the other. */
export function partUsers(
  { connections, recentBlocks }: Pick<RealtimeContext, 'connections' | 'recentBlocks'>,
  change: BlockChange,
): void {
  const { blockerId, blockedId } = change;
  recentBlocks.note(change);
  if (!recentBlocks.areApart(blockerId, blockedId)) return;
  connections.unwatchBy(blockerId, ({ authorId }) => authorId === blockedId);
  connections.unwatchBy(blockedId, ({ authorId }) => authorId === blockerId);
}
