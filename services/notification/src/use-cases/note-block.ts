import type { Relation, Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';

type Parts = Pick<NotificationContext, 'blocks' | 'people' | 'jobs' | 'clock'>;

/**
 * Notes that somebody blocks a user, or blocks them no more. Neither hears of the other while it holds; what they have heard of each
 * other is taken away.
 * @returns whether it was news.
 */
export async function noteBlock(ctx: Parts, block: Relation, tx: Transaction): Promise<boolean> {
  const { fromId, toId, isOn, revision } = block;
  for (const userId of [fromId, toId]) await ctx.people.hold(userId, tx);
  const isNews = await ctx.blocks.note(block, tx);
  if (isNews && isOn) {
    const apart = { blocker_id: fromId, blocked_id: toId, until: ctx.clock.now() };
    await ctx.jobs.add('set-apart', `${fromId}:${toId}:${revision}`, apart, tx);
  }
  return isNews;
}
