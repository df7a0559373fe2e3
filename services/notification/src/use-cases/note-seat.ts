import type { Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';
import type { Seat } from '../data/message-news-store.ts';

type Parts = Pick<NotificationContext, 'messageNews' | 'people' | 'clock'>;

/** Events of a chat that are older than this come no more. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

/** Somebody has read a chat up to a message: what was told of it until there goes. */
export async function noteReading(
  ctx: Parts,
  { seq, ...seat }: Seat & { seq: number },
  tx: Transaction,
): Promise<void> {
  if (await isErased(ctx, seat, tx)) return;
  await ctx.messageNews.readUpTo(seat, seq, ctx.clock.now(), tx);
}

/** Somebody comes to a chat or leaves it. */
export async function noteSeat(
  ctx: Parts,
  { isIn, revision, ...seat }: Seat & { isIn: boolean; revision: number },
  tx: Transaction,
): Promise<void> {
  if (await isErased(ctx, seat, tx)) return;
  const at = ctx.clock.now();
  if (isIn) await ctx.messageNews.join(seat, revision, at, tx);
  else await ctx.messageNews.leave(seat, { revision, expiresAt: new Date(at.getTime() + KEPT_MS) }, at, tx);
}

/** Nothing is kept of who has been erased. They are held, so that it stays true until the transaction ends. */
async function isErased({ people }: Parts, { userId }: Seat, tx: Transaction): Promise<boolean> {
  await people.hold(userId, tx);
  return (await people.erasedAmong([userId], tx)).has(userId);
}
