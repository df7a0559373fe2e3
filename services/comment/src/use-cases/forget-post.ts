import type { Transaction } from '@commons/platform';
import type { CommentContext } from '../context.ts';

/** Notes that a post has gone: nobody sees its comments from now on, and they are removed in the background. */
export async function forgetPost(
  { threads, jobs }: Pick<CommentContext, 'threads' | 'jobs'>,
  postId: string,
  tx: Transaction,
): Promise<void> {
  await threads.bury(postId, tx);
  await jobs.add('purge-thread', postId, { post_id: postId }, tx);
}
