import type { Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';
import type { KnownLike, LikeNews } from '../domain/like.ts';
import { GROUP_MS, type Notification } from '../domain/notification.ts';
import type { Target } from '../domain/target.ts';
import { announceNotification } from './announce-notification.ts';
import { holdTargets } from './hold-targets.ts';
import { leaveGroup } from './leave-group.ts';

type Parts = Pick<NotificationContext, 'targets' | 'likes' | 'people' | 'blocks' | 'notifications' | 'clock'>;

/**
 * Tells the author of a post or a comment that somebody likes it. Likes that come within a day of the first make one
 * notification; each new actor makes it unread again and moves it to the top. Who takes a like back and likes again within that
 * day is counted again, but not told of again. A like across a block counts as taken back.
 */
export async function tellOfLike(ctx: Parts, news: LikeNews, tx: Transaction): Promise<void> {
  const { actor, recipientId } = news;
  if (actor.id === recipientId) return;
  const target = await holdTargets(ctx, news, tx);
  if (!target) return;
  const at = ctx.clock.now();
  const name = await ctx.people.noteActing(actor, at, tx);
  const erased = await ctx.people.erasedAmong([recipientId], tx);
  if (name === undefined || erased.size > 0) return;
  const known = await ctx.likes.find(target.key, actor.id, tx);
  if (known && known.revision >= news.revision) return;
  const areApart = await ctx.blocks.areApart(actor.id, recipientId, tx);
  await ctx.likes.note(news, !areApart, tx);
  if (areApart && known) await leaveGroup(ctx, known, tx);
  if (areApart || known?.isLiked) return;
  if (await comeBack(ctx, target, known, at, tx)) return;
  const notification = (await join(ctx, target, news, at, tx)) ?? (await open(ctx, target, news, at, tx));
  if (!notification) return;
  await ctx.likes.join(target.key, actor.id, { id: notification.id, at }, tx);
  announceNotification(notification, new Map([[actor.id, name]]), tx);
}

/** The notification that gathers likes of the target at this time, if any. */
const openGroup = ({ group }: Target, at: Date): Target['group'] =>
  group && at.getTime() - group.openedAt.getTime() < GROUP_MS ? group : null;

async function comeBack(
  { notifications }: Parts,
  target: Target,
  known: KnownLike | undefined,
  at: Date,
  tx: Transaction,
): Promise<boolean> {
  const group = openGroup(target, at);
  if (!group || known?.groupId !== group.id) return false;
  return notifications.takeBack(group.id, known.actorId, tx);
}

async function join(
  { notifications }: Parts,
  target: Target,
  { actor }: LikeNews,
  at: Date,
  tx: Transaction,
): Promise<Notification | undefined> {
  const group = openGroup(target, at);
  return group ? notifications.grow(group.id, { actorId: actor.id, at }, tx) : undefined;
}

async function open(
  { notifications, targets }: Parts,
  target: Target,
  { recipientId, actor, postId, commentId }: LikeNews,
  at: Date,
  tx: Transaction,
): Promise<Notification | undefined> {
  const number = (target.group?.number ?? 0) + 1;
  const [notification] = await notifications.create(
    [
      {
        userId: recipientId,
        type: 'LIKE',
        key: `like:${target.key}:${number}`,
        place: { postId, ...(commentId !== undefined && { commentId }) },
        actorId: actor.id,
        message: null,
        at,
      },
    ],
    tx,
  );
  if (notification) await targets.open(target.key, { id: notification.id, number, openedAt: at }, tx);
  return notification;
}
