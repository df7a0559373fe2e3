import { userRegistered } from '@commons/contracts';
import { subscribe } from '../context.ts';

export const onUserRegistered = subscribe(userRegistered, async ({ ctx, data, tx }) => {
  const { user_id: userId, username, username_revision: revision } = data;
  await ctx.people.rename({ userId, username, revision }, tx);
});
