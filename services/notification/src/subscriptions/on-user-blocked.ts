import { userBlocked } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { noteBlock } from '../use-cases/note-block.ts';

export const onUserBlocked = subscribe(
  userBlocked,
  async ({ ctx, data: { blocker_id, blocked_id, revision }, tx }) => {
    await noteBlock(ctx, { fromId: blocker_id, toId: blocked_id, isOn: true, revision }, tx);
  },
  { inTurn: ({ blocker_id, blocked_id }) => [`actor:${blocker_id}`, `actor:${blocked_id}`] },
);
