import { userDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';

export const onUserDeleted = subscribe(userDeleted, async ({ ctx, data: { user_id }, tx }) => {
  await ctx.authors.erase(user_id, ctx.clock.now(), tx);
  await ctx.jobs.add('erase-author', user_id, { user_id }, tx);
});
