import { userUnblocked } from '@commons/contracts';
import { listen } from '../context.ts';

/** They may watch each other's posts again, as soon as `post` says so. */
export const onUserUnblocked = listen(userUnblocked, ({ ctx, data: { blocker_id, blocked_id, revision } }) =>
  ctx.recentBlocks.note({ blockerId: blocker_id, blockedId: blocked_id, isOn: false, revision }),
);
