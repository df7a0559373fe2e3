import { subscriptionRemoved } from '@commons/contracts';
import { listen } from '../context.ts';

/** Who follows somebody no more no longer watches what is for followers. */
export const onSubscriptionRemoved = listen(subscriptionRemoved, ({ ctx, data: { follower_id, following_id } }) =>
  ctx.connections.unwatchBy(follower_id, ({ authorId, isPublic }) => authorId === following_id && !isPublic),
);
