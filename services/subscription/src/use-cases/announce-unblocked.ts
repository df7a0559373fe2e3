import { userUnblocked } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { SubscriptionContext } from '../context.ts';
import type { Block } from '../domain/block.ts';

/** Counts for both users that a block has ended, and tells of it, within the transaction in which it ended. */
export async function announceUnblocked(
  { counters }: Pick<SubscriptionContext, 'counters'>,
  { id, blockerId, blockedId, revision }: Block,
  tx: Transaction,
): Promise<void> {
  await counters.change(blockerId, { blocks: -1 }, tx);
  await counters.change(blockedId, { blockedBy: -1 }, tx);
  tx.emit(userUnblocked, id, { blocker_id: blockerId, blocked_id: blockedId, revision });
}
