import { userDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** A deleted user's likes are taken back, however many; from now on they can give no more. */
export const onUserDeleted = subscribe(userDeleted, async ({ ctx, data, tx }) => {
  await ctx.likers.erase(data.user_id, ctx.clock.now(), tx);
  await ctx.jobs.add('erase-liker', data.user_id, { user_id: data.user_id }, tx);
});
