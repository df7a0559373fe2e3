import type { Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';
import type { TargetKey } from '../domain/target.ts';

/** Notes that a post, a comment or a project has gone: nobody is told of it from now on, and what was told is removed. */
export async function buryTarget(
  { targets, jobs }: Pick<NotificationContext, 'targets' | 'jobs'>,
  { target, postId }: { target: TargetKey; postId: string | null },
  tx: Transaction,
): Promise<void> {
  await targets.bury(target, postId, tx);
  await jobs.add('forget-target', target, { target }, tx);
}
