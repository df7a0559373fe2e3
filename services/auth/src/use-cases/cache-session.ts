import type { AuthContext } from '../context.ts';
import type { Session } from '../domain/session.ts';

/**
 * Keeps a session in the cache. It looks again afterwards, so that one which ended meanwhile does not stay there.
 * @returns whether the session is still there.
 */
export async function cacheSession(
  { sessions, sessionCache, clock }: Pick<AuthContext, 'sessions' | 'sessionCache' | 'clock'>,
  session: Session,
): Promise<boolean> {
  await sessionCache.put(session);
  if (await sessions.find(session.id, clock.now())) return true;
  await sessionCache.forget([session.id]);
  return false;
}
