import type { JobRun, Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';
import { GROUP_MS, type Heard } from '../domain/notification.ts';
import { leaveGroup } from './leave-group.ts';

type Parts = Pick<NotificationContext, 'notifications' | 'messageNews' | 'likes' | 'targets' | 'clock'>;

/** What one transaction hides of each kind. */
const BATCH = 500;
/** Each like holds its target, which others may be waiting for. */
const LIKES = 20;

/**
 * Takes away what two users have heard of each other until one blocked the other, a batch at each step. Of a notification of several
 * likes or messages only the other's part goes.
 */
export async function setApart(
  ctx: Parts,
  { data, commit }: JobRun<{ blocker_id: string; blocked_id: string; until: Date }>,
): Promise<void> {
  const { blocker_id, blocked_id, until } = data;
  await commit(async (tx) => {
    const isDone = [
      await takeAway(ctx, { userId: blocker_id, actorId: blocked_id, until }, tx),
      await takeAway(ctx, { userId: blocked_id, actorId: blocker_id, until }, tx),
    ];
    return isDone.includes(false) ? data : undefined;
  });
}

/** @returns whether nothing is left. */
async function takeAway(ctx: Parts, heard: Heard, tx: Transaction): Promise<boolean> {
  const expiresAt = new Date(ctx.clock.now().getTime() + GROUP_MS);
  const hidden = await ctx.notifications.hideSome(heard, { expiresAt, limit: BATCH }, tx);
  const messages = await ctx.messageNews.takeOut({ ...heard, authorId: heard.actorId }, BATCH, tx);
  const likes = await ctx.likes.someHeard(heard, LIKES, tx);
  for (const like of likes) {
    await ctx.targets.hold(like.target, like.postId, tx);
    await ctx.likes.end(like, tx);
    await leaveGroup(ctx, like, tx);
  }
  return hidden < BATCH && messages < BATCH && likes.length < LIKES;
}
