import type { SubscriptionContext } from '../context.ts';
import type { ListPart } from '../domain/list-part.ts';
import { readSubscriptions, type SubscriptionSlice } from './read-subscriptions.ts';

type Parts = Pick<SubscriptionContext, 'subscriptionList' | 'counters' | 'people'>;

/** Requests that wait: those that came in for a user, or that the user has sent; latest first. */
export async function listRequests(
  ctx: Parts,
  { userId, direction, part }: { userId: string; direction: 'in' | 'out'; part: ListPart },
): Promise<SubscriptionSlice> {
  const counter = await ctx.counters.find(userId);
  const count = (direction === 'in' ? counter?.requestsIn : counter?.requestsOut) ?? 0;
  const as = direction === 'in' ? 'following' : 'follower';
  return readSubscriptions(ctx, { selection: { userId, as, status: 'pending' }, part, count });
}
