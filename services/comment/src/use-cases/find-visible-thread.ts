import { getVisiblePost } from '@commons/contracts';
import { NotFound, type User } from '@commons/platform';
import type { CommentContext } from '../context.ts';
import { isOpenTo, type GoneThread, type Thread } from '../domain/thread.ts';
import { isHidden } from './find-hidden.ts';

type Parts = Pick<CommentContext, 'threads' | 'blocks' | 'dapr'>;

/**
 * The thread below a post, for somebody who may see the post. What is public, and authors their own, is decided by the copies
 * of posts and blocks that are kept here; only about a post that is not known yet, or that is for some, its owner `post` is asked.
 * @throws NotFound (`post_not_found`) where there is none for this user.
 */
export async function findVisibleThread(
  { threads, blocks, dapr }: Parts,
  { postId, user }: { postId: string; user: User | undefined },
): Promise<Thread> {
  const known = await threads.find(postId);
  if (known?.isGone) throw postNotFound();
  const isOpen = known !== undefined && isOpenTo(known, user?.id);
  if (known && !isOpen && !user) throw postNotFound();
  const thread = isOpen ? known : await threads.note(await dapr.call(getVisiblePost, { post_id: postId }));
  return requireShown({ blocks }, thread, user);
}

/** @throws NotFound where the post has gone, or its author is hidden from the user. */
export async function requireShown(
  parts: Pick<Parts, 'blocks'>,
  thread: Thread | GoneThread,
  user: User | undefined,
): Promise<Thread> {
  if (thread.isGone || (await isHidden(parts, user, thread.authorId))) throw postNotFound();
  return thread;
}

export const postNotFound = (): NotFound => new NotFound('There is no such post.', 'post_not_found');
