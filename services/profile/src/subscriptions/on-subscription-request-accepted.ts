import { subscriptionRequestAccepted } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { followTheCounts } from '../use-cases/follow-the-counts.ts';

export const onSubscriptionRequestAccepted = subscribe(subscriptionRequestAccepted, async ({ ctx, data, tx }) => {
  const { follower_id: fromId, following_id: toId, revision } = data;
  await ctx.follows.note({ fromId, toId, isOn: true, revision }, tx);
  await followTheCounts(ctx, data);
});
