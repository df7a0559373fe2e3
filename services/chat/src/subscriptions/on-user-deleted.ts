import { userDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** A deleted user goes from all chats and messages, however many; from now on they come to none. */
export const onUserDeleted = subscribe(userDeleted, async ({ ctx, data: { user_id }, tx }) => {
  await ctx.people.erase(user_id, ctx.clock.now(), tx);
  await ctx.jobs.add('erase-person', user_id, { user_id }, tx);
});
