import { userBlocked } from '@commons/contracts';
import { subscribe } from '../context.ts';

export const onUserBlocked = subscribe(userBlocked, async ({ ctx, data, tx }) => {
  const { blocker_id: fromId, blocked_id: toId, revision } = data;
  await ctx.blocks.note({ fromId, toId, isOn: true, revision }, tx);
});
