import { userProfileUpdated } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** An author's name is kept once, so that a new one shows on all their posts at once. */
export const onUserProfileUpdated = subscribe(userProfileUpdated, async ({ ctx, data, tx }) => {
  const { user_id: userId, username, username_revision: revision } = data;
  if (username === undefined || revision === undefined) return;
  await ctx.authors.rename({ userId, username, revision }, tx);
});
