import type { Clock, Jobs, Transaction } from '@commons/platform';
import type { CounterStore } from '../data/counter-store.ts';
import { targetKey, type Target } from '../domain/target.ts';
import type { LikeJobs } from '../domain/like-jobs.ts';

type Parts = { clock: Clock; counters: CounterStore; jobs: Jobs<LikeJobs> };

/** The target has gone: from now on nobody can like it, and its likes are removed by and by. */
export async function closeTarget(
  { clock, counters, jobs }: Parts,
  { target, postId }: { target: Target; postId: string },
  tx: Transaction,
): Promise<void> {
  await counters.markGone(target, postId, clock.now(), tx);
  await jobs.add('purge-target', targetKey(target), target, tx);
}
