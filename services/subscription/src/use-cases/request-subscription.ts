import { inAllTurns, type Transaction, type User } from '@commons/platform';
import type { SubscriptionContext } from '../context.ts';
import { AlreadyThere, Blocked, Oneself, UserNotFound } from '../domain/subscription-errors.ts';
import { isLive, type Pair, type Subscription } from '../domain/subscription.ts';
import { findAsking } from './find-asking.ts';
import { findPerson } from './find-person.ts';
import { moveSubscription } from './move-subscription.ts';

type Parts = Pick<
  SubscriptionContext,
  'subscriptions' | 'blocks' | 'counters' | 'people' | 'users' | 'profiles' | 'transaction' | 'queue' | 'clock' | 'log'
>;

/**
 * Asks to follow a user: at once where the profile is public; otherwise it waits for an answer.
 * @throws Oneself, UserNotFound, Blocked, AlreadyThere
 */
export async function requestSubscription(
  ctx: Parts,
  { user, userId }: { user: User; userId: string },
): Promise<Subscription> {
  if (userId === user.id) throw new Oneself();
  await findAsking(ctx, user);
  await findPerson(ctx, userId);
  const pair = { followerId: user.id, followingId: userId };
  const made = await inAllTurns(ctx.queue, [user.id, userId], () => ctx.transaction((tx) => begin(ctx, pair, tx)));
  ctx.log.info({ subscriptionId: made.id, status: made.status }, 'subscription requested');
  return made;
}

async function begin(ctx: Parts, pair: Pair, tx: Transaction): Promise<Subscription> {
  const { followerId, followingId } = pair;
  if (await ctx.blocks.areApart(followerId, followingId, tx)) throw new Blocked();
  const present = await ctx.subscriptions.findBetween(pair, tx);
  if (present && isLive(present)) throw new AlreadyThere({ isPending: present.status === 'pending' });
  const person = (await ctx.people.find([followingId], tx)).get(followingId);
  if (!person || person.isErased) throw new UserNotFound();
  const to = person.visibility === 'public' ? 'accepted' : 'pending';
  return moveSubscription(ctx, { pair, from: present, to, askingId: followerId }, tx);
}
