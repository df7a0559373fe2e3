import { userProfileUpdated } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** A name is kept once, so that a new one shows on all projects, applications and memberships at once. */
export const onUserProfileUpdated = subscribe(userProfileUpdated, async ({ ctx, data, tx }) => {
  const { user_id: userId, username, username_revision: revision } = data;
  if (username === undefined || revision === undefined) return;
  await ctx.people.rename({ userId, username, revision }, tx);
});
