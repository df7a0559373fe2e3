import type { JobRun, Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';
import { commentTarget, targetOf, type TargetKey } from '../domain/target.ts';

type Parts = Pick<NotificationContext, 'notifications' | 'likes' | 'targets'>;

/** What one transaction removes of each kind. */
const BATCH = 500;

/** Removes the notifications of a post, a comment or a project that has gone, and what was kept for them, a batch at each step. */
export async function forgetTarget(ctx: Parts, { data, commit }: JobRun<{ target: TargetKey }>): Promise<void> {
  await commit(async (tx) => {
    const removed = await removeSome(ctx, data.target, tx);
    return removed.some((count) => count === BATCH) ? data : undefined;
  });
}

async function removeSome(
  { notifications, likes, targets }: Parts,
  key: TargetKey,
  tx: Transaction,
): Promise<number[]> {
  const { kind, id } = targetOf(key);
  if (kind === 'project') return [await notifications.removeSome({ projectId: id }, BATCH, tx)];
  if (kind === 'comment')
    return [
      await notifications.removeSome({ commentId: id }, BATCH, tx),
      await likes.removeSomeOf({ target: commentTarget(id) }, BATCH, tx),
    ];
  return [
    await notifications.removeSome({ postId: id }, BATCH, tx),
    await likes.removeSomeOf({ postId: id }, BATCH, tx),
    await targets.removeSomeOf(id, BATCH, tx),
  ];
}
