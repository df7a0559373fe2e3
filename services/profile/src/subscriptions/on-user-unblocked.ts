import { userUnblocked } from '@commons/contracts';
import { subscribe } from '../context.ts';

export const onUserUnblocked = subscribe(userUnblocked, async ({ ctx, data, tx }) => {
  const { blocker_id: fromId, blocked_id: toId, revision } = data;
  await ctx.blocks.note({ fromId, toId, isOn: false, revision }, tx);
});
