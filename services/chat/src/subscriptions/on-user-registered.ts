import { userRegistered } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** Whoever has an account can be brought into a chat, without `auth` being asked. */
export const onUserRegistered = subscribe(userRegistered, async ({ ctx, data, tx }) => {
  const { user_id: userId, username, username_revision: revision } = data;
  await ctx.people.rename({ userId, username, revision }, tx);
});
