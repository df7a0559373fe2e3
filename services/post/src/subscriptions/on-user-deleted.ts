import { userDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** All that a deleted user wrote goes, however much it is; from now on nothing is added to it. */
export const onUserDeleted = subscribe(userDeleted, async ({ ctx, data, tx }) => {
  await ctx.authors.erase(data.user_id, ctx.clock.now(), tx);
  await ctx.jobs.add('erase-author', data.user_id, { user_id: data.user_id }, tx);
});
