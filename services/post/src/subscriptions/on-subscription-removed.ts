import { subscriptionRemoved } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** Who follows no more sees no more than others do. What had only been asked for was never followed. */
export const onSubscriptionRemoved = subscribe(subscriptionRemoved, async ({ ctx, data, tx }) => {
  if (data.was_pending) return;
  const { follower_id: fromId, following_id: toId, revision } = data;
  await ctx.follows.note({ fromId, toId, isOn: false, revision }, tx);
});
