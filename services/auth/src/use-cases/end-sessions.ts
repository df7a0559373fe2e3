import { sessionRevoked, type Revocation } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { AuthContext } from '../context.ts';
import type { Ended } from './announce-end.ts';

type Parts = Pick<AuthContext, 'users' | 'sessions' | 'refreshTokens' | 'endedTokens' | 'clock'>;

/** Ends every session of a user within a transaction; what follows is `announceEnd`'s. */
export async function endSessions(parts: Parts, userId: string, tx: Transaction): Promise<Ended> {
  const sessionIds = await parts.sessions.removeAll({ userId }, tx);
  await parts.refreshTokens.remove({ userId }, tx);
  const revocation = await revokeTokens(parts, userId, tx);
  tx.emit(sessionRevoked, userId, { user_id: userId, all: true });
  return { revocations: [revocation], sessionIds };
}

/** Ends every session of a user but one. */
export async function endOtherSessions(
  { sessions, refreshTokens, endedTokens, clock }: Parts,
  { userId, except }: { userId: string; except: string },
  tx: Transaction,
): Promise<Ended> {
  const sessionIds = await sessions.removeAll({ userId, except }, tx);
  const revocations = sessionIds.map((id) => ({ session_id: id }));
  await refreshTokens.remove({ userId, except }, tx);
  await endedTokens.insert(revocations, clock.now(), tx);
  for (const id of sessionIds) tx.emit(sessionRevoked, userId, { user_id: userId, session_id: id });
  return { revocations, sessionIds };
}

/**
 * Revokes every access token that a user has by now. Tokens know seconds only: the next one is issued in the following
 * second at the earliest, so that it is told apart from those of this one.
 */
export async function revokeTokens(
  { users, endedTokens, clock }: Pick<Parts, 'users' | 'endedTokens' | 'clock'>,
  userId: string,
  tx: Transaction,
): Promise<Revocation> {
  const now = clock.now();
  const issuedBefore = Math.floor(now.getTime() / 1000) + 1;
  const revocation = { user_id: userId, issued_before: issuedBefore };
  await users.setTokensFrom(userId, issuedBefore, tx);
  await endedTokens.insert([revocation], now, tx);
  return revocation;
}
