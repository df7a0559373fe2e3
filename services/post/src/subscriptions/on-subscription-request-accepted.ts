import { subscriptionRequestAccepted } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** A follower sees what is for followers, and has it in the feed. */
export const onSubscriptionRequestAccepted = subscribe(subscriptionRequestAccepted, async ({ ctx, data, tx }) => {
  const { follower_id: fromId, following_id: toId, revision } = data;
  await ctx.follows.note({ fromId, toId, isOn: true, revision }, tx);
});
