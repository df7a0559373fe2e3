import { getVisiblePost } from '@commons/contracts';
import { HttpError, type User } from '@commons/platform';
import type { CommentContext } from '../context.ts';
import { isOpenTo, type Thread } from '../domain/thread.ts';
import { requireShown } from './find-visible-thread.ts';

type Parts = Pick<CommentContext, 'threads' | 'blocks' | 'dapr' | 'log'>;

/**
 * The thread below a post, for somebody who is about to write there: `post` is asked even about a post that is known here,
 * because nothing should be written below one that has just gone or been hidden. While `post` is away what is known
 * here decides, as it does for reading.
 * @throws NotFound (`post_not_found`) where there is none for this user.
 */
export async function confirmVisibleThread(
  { threads, blocks, dapr, log }: Parts,
  { postId, user }: { postId: string; user: User },
): Promise<Thread> {
  try {
    const thread = await threads.note(await dapr.call(getVisiblePost, { post_id: postId }));
    return await requireShown({ blocks }, thread, user);
  } catch (error) {
    if (!(error instanceof HttpError) || error.status < 500) throw error;
    const known = await threads.find(postId);
    if (!known || known.isGone || !isOpenTo(known, user.id)) throw error;
    log.warn({ postId }, 'post is away: its copy here decides');
    return requireShown({ blocks }, known, user);
  }
}
