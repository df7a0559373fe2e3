import { userDataErased } from '@commons/contracts';
import type { JobRun } from '@commons/platform';
import type { CommentContext } from '../context.ts';
import { removeComment } from './remove-comment.ts';

type Parts = Pick<CommentContext, 'comments' | 'threads' | 'clock' | 'log' | 'service'>;

/** Comments that one transaction removes, each with its event. */
const BATCH = 50;

/** Removes what an erased user wrote, a batch at each step; the last one reports it done. */
export async function eraseAuthor(ctx: Parts, { data, commit }: JobRun<{ user_id: string }>): Promise<void> {
  const { user_id } = data;
  let isDone = false;
  await commit(async (tx) => {
    const batch = await ctx.comments.someOf(user_id, BATCH, tx);
    for (const comment of batch) await removeComment(ctx, { comment, authorId: null }, tx);
    isDone = batch.length < BATCH;
    if (!isDone) return data;
    tx.emit(userDataErased, user_id, { user_id, service: ctx.service });
    return undefined;
  });
  if (isDone) ctx.log.info({ userId: user_id }, 'author erased');
}
