import { userLoggedOut } from '@commons/contracts';
import type { AuthContext } from '../context.ts';
import { endSession } from './end-session.ts';

/** Ends the session in hand. */
export async function logOut(
  ctx: AuthContext,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<void> {
  await endSession(ctx, { userId, sessionId }, (session, tx) =>
    tx.emit(userLoggedOut, userId, { user_id: userId, session_id: session.id }),
  );
}
