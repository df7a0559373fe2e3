import { userDataErased } from '@commons/contracts';
import type { JobRun, Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';
import { leaveGroup } from './leave-group.ts';

type Parts = Pick<
  NotificationContext,
  'notifications' | 'messageNews' | 'likes' | 'subscriptions' | 'targets' | 'clock' | 'log' | 'service'
>;

/** What one transaction removes of each kind. */
const BATCH = 500;
/** Each like holds its target, which others may be waiting for. */
const LIKES = 20;

/**
 * Removes an erased user, a batch at each step: what they were told, what others were told of them, their part in notifications of
 * likes and messages, and what was kept of who follows them and whom they follow. The last step reports it done.
 */
export async function erasePerson(ctx: Parts, { data, commit }: JobRun<{ user_id: string }>): Promise<void> {
  const { user_id } = data;
  let isDone = false;
  await commit(async (tx) => {
    const own = await ctx.notifications.removeSome({ userIds: [user_id] }, BATCH, tx);
    const others = await ctx.notifications.removeSome({ actorId: user_id }, BATCH, tx);
    const written = await ctx.messageNews.takeOut({ authorId: user_id }, BATCH, tx);
    const received = await ctx.likes.removeSomeOf({ recipientId: user_id }, BATCH, tx);
    const pairs = await ctx.subscriptions.removeSomeOf(user_id, BATCH, tx);
    const liked = await withdrawLikes(ctx, user_id, tx);
    isDone = [own, others, written, received, pairs].every((count) => count < BATCH) && liked < LIKES;
    if (!isDone) return data;
    tx.emit(userDataErased, user_id, { user_id, service: ctx.service });
    return undefined;
  });
  if (isDone) ctx.log.info({ userId: user_id }, 'person erased');
}

async function withdrawLikes(ctx: Parts, userId: string, tx: Transaction): Promise<number> {
  const likes = await ctx.likes.someBy(userId, LIKES, tx);
  for (const like of likes) {
    await ctx.targets.hold(like.target, like.postId, tx);
    await ctx.likes.remove(like, tx);
    await leaveGroup(ctx, like, tx);
  }
  return likes.length;
}
