import { sessionRevoked } from '@commons/contracts';
import { listen } from '../context.ts';
import { endSession } from '../use-cases/end-connections.ts';

/** Closes the WebSockets of a session that was ended. */
export const onSessionRevoked = listen(sessionRevoked, ({ ctx, data }) => endSession(ctx, data));
