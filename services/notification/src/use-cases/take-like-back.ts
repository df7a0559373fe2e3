import type { Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';
import type { LikeNews } from '../domain/like.ts';
import { holdTargets } from './hold-targets.ts';
import { leaveGroup } from './leave-group.ts';

type Parts = Pick<NotificationContext, 'targets' | 'likes' | 'people' | 'notifications' | 'clock'>;

/** Takes somebody who likes a target no more out of the notification of its likes; the last one takes it away. */
export async function takeLikeBack(ctx: Parts, news: LikeNews, tx: Transaction): Promise<void> {
  const { actor, recipientId } = news;
  if (actor.id === recipientId) return;
  const target = await holdTargets(ctx, news, tx);
  if (!target) return;
  const name = await ctx.people.noteActing(actor, ctx.clock.now(), tx);
  const erased = await ctx.people.erasedAmong([recipientId], tx);
  if (name === undefined || erased.size > 0) return;
  const known = await ctx.likes.find(target.key, actor.id, tx);
  if (known && known.revision >= news.revision) return;
  await ctx.likes.note(news, false, tx);
  if (known) await leaveGroup(ctx, known, tx);
}
