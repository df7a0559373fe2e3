import { userProfileUpdated } from '@commons/contracts';
import { subscribe } from '../context.ts';

export const onUserProfileUpdated = subscribe(userProfileUpdated, async ({ ctx, data, tx }) => {
  const { user_id, username, username_revision } = data;
  if (username === undefined || username_revision === undefined) return;
  await ctx.people.rename({ userId: user_id, username, revision: username_revision }, tx);
});
