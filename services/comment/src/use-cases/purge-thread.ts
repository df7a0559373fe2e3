import type { JobRun } from '@commons/platform';
import type { CommentContext } from '../context.ts';

/** Comments that one transaction removes. */
const BATCH = 500;

/**
 * Removes the comments of a post that has gone, a batch at each step. Nobody sees them any more, and no event tells of
 * them one by one: whoever keeps something about them hears of the post itself.
 */
export async function purgeThread(
  { comments, log }: Pick<CommentContext, 'comments' | 'log'>,
  { data, commit }: JobRun<{ post_id: string }>,
): Promise<void> {
  await commit(async (tx) => {
    const removed = await comments.removeSomeOf(data.post_id, BATCH, tx);
    return removed < BATCH ? undefined : data;
  });
  log.info({ postId: data.post_id }, 'comments of a deleted post removed');
}
