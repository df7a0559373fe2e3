import { Unauthorized } from '@commons/platform';
import type { AuthContext } from '../context.ts';
import type { User } from '../domain/user.ts';

/** The account in hand; that its session is in use is noted now and then. @throws Unauthorized where it has gone. */
export async function readMe(
  { users, sessions, clock }: Pick<AuthContext, 'users' | 'sessions' | 'clock'>,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<User> {
  const [user] = await Promise.all([users.find(userId), sessions.touch(sessionId, clock.now())]);
  if (user?.status !== 'active') throw new Unauthorized();
  return user;
}
