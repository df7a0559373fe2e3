import type { Clock, JobRun, Jobs } from '@commons/platform';
import type { CounterStore } from '../data/counter-store.ts';
import { closeTarget } from './close-target.ts';
import type { LikeJobs } from '../domain/like-jobs.ts';

type Parts = { clock: Clock; counters: CounterStore; jobs: Jobs<LikeJobs> };

const BATCH = 50;

/** A step of the job that closes the comments of a post that has gone: they go with it. */
export async function closeComments(parts: Parts, { data, commit }: JobRun<{ post_id: string }>): Promise<void> {
  await commit(async (tx) => {
    const comments = await parts.counters.someCommentsOf(data.post_id, BATCH, tx);
    for (const target of comments) await closeTarget(parts, { target, postId: data.post_id }, tx);
    return comments.length === BATCH ? data : undefined;
  });
}
