import { userDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** A deleted user is nobody's to find from now on; what they have with others goes by and by, however much it is. */
export const onUserDeleted = subscribe(userDeleted, async ({ ctx, data: { user_id }, tx }) => {
  await ctx.people.erase(user_id, ctx.clock.now(), tx);
  await ctx.jobs.add('erase-user', user_id, { user_id }, tx);
});
