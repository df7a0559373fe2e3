import type { Clock, Jobs, Transaction } from '@commons/platform';
import type { CounterStore } from '../data/counter-store.ts';
import { postTarget } from '../domain/target.ts';
import { closeTarget } from './close-target.ts';
import type { LikeJobs } from '../domain/like-jobs.ts';

type Parts = { clock: Clock; counters: CounterStore; jobs: Jobs<LikeJobs> };

/** The post has gone, and its comments with it. */
export async function closePost(parts: Parts, { postId }: { postId: string }, tx: Transaction): Promise<void> {
  await closeTarget(parts, { target: postTarget(postId), postId }, tx);
  await parts.jobs.add('close-comments', postId, { post_id: postId }, tx);
}
