import type { JobRun } from '@commons/platform';
import type { NotificationContext } from '../context.ts';
import { commentTarget, targetOf } from '../domain/target.ts';

type Parts = Pick<NotificationContext, 'notifications' | 'likes' | 'targets'>;

/** What one transaction removes of each kind. */
const BATCH = 500;

/** Removes the notifications of a post or a comment that has gone, and what was kept for them, a batch at each step. */
export async function forgetTarget(
  { notifications, likes, targets }: Parts,
  { data, commit }: JobRun<{ target: string }>,
): Promise<void> {
  const { kind, id } = targetOf(data.target);
  await commit(async (tx) => {
    const removed =
      kind === 'post'
        ? [
            await notifications.removeSome({ postId: id }, BATCH, tx),
            await likes.removeSomeOf({ postId: id }, BATCH, tx),
            await targets.removeSomeOf(id, BATCH, tx),
          ]
        : [
            await notifications.removeSome({ commentId: id }, BATCH, tx),
            await likes.removeSomeOf({ target: commentTarget(id) }, BATCH, tx),
          ];
    return removed.some((count) => count === BATCH) ? data : undefined;
  });
}
