import type { Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';
import { GROUP_MS } from '../domain/notification.ts';
import { tidingOf, type KnownSubscription, type SubscriptionNews, type Told } from '../domain/subscription.ts';
import { announceNotification } from './announce-notification.ts';
import { whoMayHear } from './who-may-hear.ts';

type Parts = Pick<NotificationContext, 'subscriptions' | 'people' | 'blocks' | 'notifications' | 'clock'>;

/**
 * Tells of how somebody stands to a user since the latest change: who asks to follow, who follows, who has been admitted. What was
 * told of how they stood before is taken away. Who comes back to something within a day of being told of is not told of again.
 */
export async function tellOfSubscription(ctx: Parts, news: SubscriptionNews, tx: Transaction): Promise<void> {
  const { follower, followed, revision } = news;
  const at = ctx.clock.now();
  const names = new Map<string, string>();
  for (const person of [follower, followed]) {
    const name = await ctx.people.noteActing(person, at, tx);
    if (name === undefined) return;
    names.set(person.id, name);
  }
  const known = await ctx.subscriptions.find(news, tx);
  if (known && known.revision >= revision) return;
  const told = await tell(ctx, news, { known, names, at }, tx);
  const before = known?.told[known.standing];
  if (before && before.id !== told?.id) await ctx.notifications.hide(before.id, new Date(at.getTime() + GROUP_MS), tx);
  await ctx.subscriptions.note(news, told, at, tx);
}

/** @returns the notification that tells of it now, if any. */
async function tell(
  ctx: Parts,
  news: SubscriptionNews,
  { known, names, at }: { known: KnownSubscription | undefined; names: Map<string, string>; at: Date },
  tx: Transaction,
): Promise<Told | undefined> {
  const tiding = tidingOf(news);
  if (!tiding) return undefined;
  const { userId, actor, type, outcome } = tiding;
  const mayHear = await whoMayHear(ctx, { actorId: actor.id, userIds: [userId] }, tx);
  if (mayHear.size === 0) return undefined;
  const earlier = known?.told[news.standing];
  const isRecent = earlier !== undefined && at.getTime() - earlier.at.getTime() < GROUP_MS;
  if (isRecent && (await ctx.notifications.show(earlier.id, tx))) return earlier;
  const key = `subscription:${news.follower.id}:${news.followed.id}:${news.revision}`;
  const wanted = { userId, type, key, place: {}, outcome, actorId: actor.id, message: null, at };
  const [notification] = await ctx.notifications.create([wanted], tx);
  if (!notification) return undefined;
  announceNotification(notification, names, tx);
  return { id: notification.id, at };
}
