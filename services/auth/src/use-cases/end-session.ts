import { sessionRevoked } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { AuthContext } from '../context.ts';
import type { Session } from '../domain/session.ts';
import { announceEnd } from './announce-end.ts';

type Which = { sessionId: string; userId?: string | undefined };

/**
 * Ends a session: its tokens work nowhere any more.
 * @param which `userId` where it must be this user's.
 * @param tell adds what else there is to tell in the transaction.
 * @returns the session as it was, or undefined where there is none.
 */
export async function endSession(
  ctx: AuthContext,
  which: Which,
  tell?: (session: Session, tx: Transaction) => void,
): Promise<Session | undefined> {
  const session = await ctx.transaction(async (tx) => {
    const removed = await removeSession(ctx, which, tx);
    if (removed) tell?.(removed, tx);
    return removed;
  });
  if (!session) return undefined;
  await announceEnd(ctx, { revocations: [{ session_id: session.id }], sessionIds: [session.id] });
  ctx.log.info({ user_id: session.userId }, 'session ended');
  return session;
}

/** Removes a session within a transaction, revokes its tokens and tells of it; what follows is `announceEnd`'s. */
export async function removeSession(
  { sessions, refreshTokens, endedTokens, clock }: AuthContext,
  { sessionId, userId }: Which,
  tx: Transaction,
): Promise<Session | undefined> {
  const session = await sessions.remove({ id: sessionId, userId }, tx);
  if (!session) return undefined;
  await refreshTokens.remove({ userId: session.userId, sessionId }, tx);
  await endedTokens.insert([{ session_id: sessionId }], clock.now(), tx);
  tx.emit(sessionRevoked, session.userId, { user_id: session.userId, session_id: session.id });
  return session;
}
