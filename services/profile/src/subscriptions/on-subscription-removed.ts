import { subscriptionRemoved } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { followTheCounts } from '../use-cases/follow-the-counts.ts';

/** What was only asked for never was a follow. */
export const onSubscriptionRemoved = subscribe(subscriptionRemoved, async ({ ctx, data, tx }) => {
  const { follower_id: fromId, following_id: toId, revision, was_pending } = data;
  if (!was_pending) await ctx.follows.note({ fromId, toId, isOn: false, revision }, tx);
  await followTheCounts(ctx, data);
});
