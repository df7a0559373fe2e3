import type { AuthContext } from '../context.ts';
import type { CachedSession } from '../clients/session-cache.ts';
import { cacheSession } from './cache-session.ts';

/** Whose session it is, or undefined where there is none any more. The cache is asked first. */
export async function validateSession(ctx: AuthContext, sessionId: string): Promise<string | undefined> {
  const id = sessionId.toLowerCase();
  const cached = await ctx.sessionCache.find(id);
  if (cached && isGood(ctx, cached)) return cached.userId;
  const now = ctx.clock.now();
  const session = await ctx.sessions.find(id, now);
  if (!session) return undefined;
  await ctx.sessions.touch(id, now);
  return (await cacheSession(ctx, session)) ? session.userId : undefined;
}

/** What the cache says does not count where the session is known to have ended, or may have. */
function isGood({ clock, revocations }: AuthContext, { id, userId, createdAt, expiresAt }: CachedSession): boolean {
  const token = {
    user: { id: userId, username: '', roles: [], sessionId: id },
    issuedAt: Math.floor(createdAt.getTime() / 1000),
    expiresAt: Math.floor(expiresAt.getTime() / 1000),
  };
  return expiresAt > clock.now() && !revocations.isRevoked(token);
}
