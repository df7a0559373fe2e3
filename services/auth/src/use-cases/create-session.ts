import { Forbidden, NotFound } from '@commons/platform';
import type { AuthContext } from '../context.ts';
import type { Client, Session } from '../domain/session.ts';
import { cacheSession } from './cache-session.ts';
import { openSession } from './open-session.ts';

/** Opens a session without tokens. @throws NotFound (`user_not_found`); Forbidden (`account_suspended`). */
export async function createSession(ctx: AuthContext, userId: string, client: Client): Promise<Session> {
  const session = await ctx.transaction(async (tx) => {
    const now = ctx.clock.now();
    const user = await ctx.users.find(userId, tx);
    if (!user || user.status === 'deleted') throw new NotFound('There is no such user.', 'user_not_found');
    if (!(await ctx.users.noteActivity(userId, { now }, tx)))
      throw new Forbidden('This account is suspended.', 'account_suspended');
    return openSession(ctx, { userId, client, now }, tx);
  });
  await cacheSession(ctx, session);
  return session;
}
