import { userBlocked } from '@commons/contracts';
import { listen } from '../context.ts';
import { partUsers } from '../use-cases/part-users.ts';

/** Two of whom one blocks the other hear no more of each other's posts. */
export const onUserBlocked = listen(userBlocked, ({ ctx, data: { blocker_id, blocked_id, revision } }) =>
  partUsers(ctx, { blockerId: blocker_id, blockedId: blocked_id, isOn: true, revision }),
);
