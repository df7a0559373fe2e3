import { userDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** All that a deleted user started and applied for goes, however much it is; from now on nothing is added to it. */
export const onUserDeleted = subscribe(userDeleted, async ({ ctx, data: { user_id }, tx }) => {
  await ctx.people.erase(user_id, ctx.clock.now(), tx);
  await ctx.jobs.add('erase-user', user_id, { user_id }, tx);
});
