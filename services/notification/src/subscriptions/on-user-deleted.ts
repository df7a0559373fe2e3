import { userDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';

export const onUserDeleted = subscribe(userDeleted, async ({ ctx, data: { user_id }, tx }) => {
  await ctx.people.erase(user_id, ctx.clock.now(), tx);
  await ctx.jobs.add('erase-person', user_id, { user_id }, tx);
});
