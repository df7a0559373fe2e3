import { userStatusChanged } from '@commons/contracts';
import { listen } from '../context.ts';
import { endSession } from '../use-cases/end-session.ts';

/** Closes all WebSockets of a user who was suspended. */
export const onUserStatusChanged = listen(userStatusChanged, ({ ctx, data, event }) => {
  if (data.status !== 'active') endSession(ctx, { user_id: data.user_id, all: true, at: event.time });
});
