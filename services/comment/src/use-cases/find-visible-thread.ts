import { getVisiblePost } from '@commons/contracts';
import { NotFound, type User } from '@commons/platform';
import type { CommentContext } from '../context.ts';
import { isOpenTo, type GoneThread, type Thread } from '../domain/thread.ts';

type Parts = Pick<CommentContext, 'threads' | 'dapr'>;

/**
 * The thread below a post, for somebody who may see the post. What is public, and authors their own, is decided by the copy
 * that is kept here; only about a post that is not known yet, or that is for some, its owner `post` is asked.
 * @throws NotFound (`post_not_found`) where there is none for this user.
 */
export async function findVisibleThread(
  { threads, dapr }: Parts,
  { postId, user }: { postId: string; user: User | undefined },
): Promise<Thread> {
  const known = await threads.find(postId);
  if (known?.isGone) throw postNotFound();
  if (known && isOpenTo(known, user?.id)) return known;
  if (known && !user) throw postNotFound();
  const reference = await dapr.call(getVisiblePost, { post_id: postId });
  return requireThere(await threads.note(reference));
}

/** @throws NotFound where the post has gone. */
export function requireThere(thread: Thread | GoneThread): Thread {
  if (thread.isGone) throw postNotFound();
  return thread;
}

export const postNotFound = (): NotFound => new NotFound('There is no such post.', 'post_not_found');
