import type { SubscriptionContext } from '../context.ts';
import type { Selection } from '../data/subscription-list.ts';
import { cutTo, isPastEnd, type ListPart, type Slice } from '../domain/list-part.ts';
import type { KnownPerson } from '../domain/person.ts';
import type { Subscription } from '../domain/subscription.ts';
import { addPeople } from './add-people.ts';

type Parts = Pick<SubscriptionContext, 'subscriptionList' | 'people'>;

export type ListedSubscription = { subscription: Subscription; person: KnownPerson };
export type SubscriptionSlice = Slice<ListedSubscription> & { count: number };

/** Reads a part of a list of subscriptions, each with the person at its other end. */
export async function readSubscriptions(
  ctx: Parts,
  list: { selection: Selection; part: ListPart; without?: readonly string[]; count: number },
): Promise<SubscriptionSlice> {
  const { selection, part, without = [], count } = list;
  if (isPastEnd(part, count)) return { entries: [], next: null, count };
  const found = await ctx.subscriptionList.list(selection, { ...part, limit: part.limit + 1, without });
  const { entries, next } = cutTo(part.limit, found);
  const listed = await addPeople(ctx, entries, ({ followerId, followingId }) =>
    selection.as === 'follower' ? followingId : followerId,
  );
  return { entries: listed.map(({ entry: subscription, person }) => ({ subscription, person })), next, count };
}
