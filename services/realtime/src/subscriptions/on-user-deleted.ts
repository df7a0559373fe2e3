import { userDeleted } from '@commons/contracts';
import { listen, subscribe } from '../context.ts';
import { endSession } from '../use-cases/end-session.ts';
import { eraseUser } from '../use-cases/erase-user.ts';

/** Closes all WebSockets of a user who is no more, on every replica. */
export const onUserDeleted = listen(userDeleted, ({ ctx, data }) =>
  endSession(ctx, { user_id: data.user_id, all: true }),
);

/** Forgets what is kept of that user, once. */
export const onUserDeletedErase = subscribe(userDeleted, ({ ctx, data, tx }) => eraseUser(ctx, data.user_id, tx));
