import { userLoggedOut } from '@commons/contracts';
import { listen } from '../context.ts';
import { endSession } from '../use-cases/end-session.ts';

/** Closes the WebSockets of a session that its user has left. */
export const onUserLoggedOut = listen(userLoggedOut, ({ ctx, data }) => endSession(ctx, data));
