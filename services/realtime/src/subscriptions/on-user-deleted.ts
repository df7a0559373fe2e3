import { userDeleted } from '@commons/contracts';
import { listen } from '../context.ts';
import { endSession } from '../use-cases/end-connections.ts';

/** Closes all WebSockets of a user who is no more. */
export const onUserDeleted = listen(userDeleted, ({ ctx, data }) =>
  endSession(ctx, { user_id: data.user_id, all: true }),
);
