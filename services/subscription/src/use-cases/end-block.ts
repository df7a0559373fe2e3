import { userUnblocked } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { SubscriptionContext } from '../context.ts';
import type { Block } from '../domain/block.ts';

type Parts = Pick<SubscriptionContext, 'blocks' | 'counters'>;

/** Ends a block that holds, within a transaction in which it was read, and tells of it. */
export async function endBlock({ blocks, counters }: Parts, present: Block, tx: Transaction): Promise<void> {
  const { id, blockerId, blockedId } = present;
  await counters.change(blockerId, { blocks: -1 }, tx);
  await counters.change(blockedId, { blockedBy: -1 }, tx);
  const { revision } = await blocks.end(id, tx);
  tx.emit(userUnblocked, id, { blocker_id: blockerId, blocked_id: blockedId, revision });
}
