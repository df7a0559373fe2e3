import type { Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';
import { postTarget, type Target, type TargetKey } from '../domain/target.ts';

/**
 * Keeps everybody else off a target, and off the post to which it belongs, until the transaction ends.
 * @returns the target, or undefined where it or its post has gone.
 */
export async function holdTargets(
  { targets }: Pick<NotificationContext, 'targets'>,
  { target, postId }: { target: TargetKey; postId: string },
  tx: Transaction,
): Promise<Target | undefined> {
  const held = await targets.hold(target, postId, tx);
  const post = target === postTarget(postId) ? held : await targets.hold(postTarget(postId), postId, tx);
  return held.isGone || post.isGone ? undefined : held;
}
