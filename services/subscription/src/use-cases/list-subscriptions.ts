import { isAdmin, type User } from '@commons/platform';
import type { SubscriptionContext } from '../context.ts';
import { canSeeLists } from '../domain/can-see-lists.ts';
import type { ListPart } from '../domain/list-part.ts';
import { ProfileNotVisible, UserNotFound } from '../domain/subscription-errors.ts';
import { findPerson } from './find-person.ts';
import { readSubscriptions, type SubscriptionSlice } from './read-subscriptions.ts';

type Parts = Pick<
  SubscriptionContext,
  'subscriptions' | 'subscriptionList' | 'blocks' | 'counters' | 'people' | 'users' | 'profiles'
>;

export type ListSubscriptions = {
  userId: string;
  direction: 'following' | 'followers';
  viewer: User | undefined;
  part: ListPart;
};

/**
 * Whom a user follows, or who follows the user, latest first, for whoever may see the profile. Those who are hidden from the viewer
 * by a block are left out and not counted; an admin sees all.
 * @throws UserNotFound, ProfileNotVisible
 */
export async function listSubscriptions(
  ctx: Parts,
  { userId, direction, viewer, part }: ListSubscriptions,
): Promise<SubscriptionSlice> {
  await requireVisible(ctx, userId, viewer);
  const hidden = viewer && !isAdmin(viewer) ? await ctx.blocks.hiddenFrom(viewer.id) : [];
  const as = direction === 'following' ? 'follower' : 'following';
  const selection = { userId, as, status: 'accepted' } as const;
  const [counter, hiddenCount] = await Promise.all([
    ctx.counters.find(userId),
    ctx.subscriptionList.countAmong(selection, hidden),
  ]);
  return readSubscriptions(ctx, {
    selection,
    part,
    without: hidden,
    count: Math.max(0, (counter?.[direction] ?? 0) - hiddenCount),
  });
}

async function requireVisible(ctx: Parts, userId: string, viewer: User | undefined): Promise<void> {
  const person = await findPerson(ctx, userId);
  const isOther = viewer !== undefined && viewer.id !== userId;
  if (isOther && !isAdmin(viewer) && (await ctx.blocks.areApart(viewer.id, userId))) throw new UserNotFound();
  const isFollower = isOther && (await isAccepted(ctx, { followerId: viewer.id, followingId: userId }));
  if (!canSeeLists(person, viewer, isFollower)) throw new ProfileNotVisible();
}

async function isAccepted(
  { subscriptions }: Parts,
  pair: { followerId: string; followingId: string },
): Promise<boolean> {
  return (await subscriptions.findBetween(pair))?.status === 'accepted';
}
