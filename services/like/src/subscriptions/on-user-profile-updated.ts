import { userProfileUpdated } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** A liker's name is kept once, so that a new one shows on all their likes at once. */
export const onUserProfileUpdated = subscribe(userProfileUpdated, async ({ ctx, data, tx }) => {
  const { user_id: userId, username, username_revision: revision } = data;
  if (username === undefined || revision === undefined) return;
  await ctx.likers.rename({ userId, username, revision }, tx);
});
