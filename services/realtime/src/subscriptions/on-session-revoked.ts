import { sessionRevoked } from '@commons/contracts';
import { listen } from '../context.ts';
import { endSession } from '../use-cases/end-session.ts';

/** Closes the WebSockets of a session that was ended, or of all that a user had until then. */
export const onSessionRevoked = listen(sessionRevoked, ({ ctx, data, event }) =>
  endSession(ctx, { ...data, at: event.time }),
);
