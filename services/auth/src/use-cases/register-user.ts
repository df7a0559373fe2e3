import { userRegistered } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { AuthContext } from '../context.ts';
import type { Client } from '../domain/session.ts';
import type { NewUser, User } from '../domain/user.ts';
import { cacheSession } from './cache-session.ts';
import { issueTokens, type Tokens } from './issue-tokens.ts';
import { addRefreshToken, openSession } from './open-session.ts';

export type Registration = { username: string; email: string; password: string; firstName: string; lastName: string };

/** Makes an account and signs its owner in. @throws UserExists where name or e-mail are taken. */
export async function registerUser(
  ctx: AuthContext,
  { password, ...names }: Registration,
  client: Client,
): Promise<{ user: User; tokens: Tokens }> {
  await ctx.users.requireFree(names);
  const passwordHash = await ctx.passwords.hash(password);
  const { user, session, refreshToken, now } = await ctx.transaction(async (tx) => {
    const now = ctx.clock.now();
    const user = await addUser(ctx, { ...names, passwordHash, roles: ['user'], createdAt: now }, tx);
    const session = await openSession(ctx, { userId: user.id, client, now }, tx);
    return { user, session, refreshToken: await addRefreshToken(ctx, session, tx), now };
  });
  await cacheSession(ctx, session);
  ctx.log.info({ user_id: user.id }, 'user registered');
  return { user, tokens: await issueTokens(ctx, { user, sessionId: session.id, refreshToken, now }) };
}

/** Adds an account and tells of it. @throws UserExists where name or e-mail are taken. */
export async function addUser({ users }: Pick<AuthContext, 'users'>, fields: NewUser, tx: Transaction): Promise<User> {
  const user = await users.insert(fields, tx);
  tx.emit(userRegistered, user.id, {
    user_id: user.id,
    username: user.username,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
    created_at: user.createdAt.toISOString(),
    username_revision: user.usernameRevision,
  });
  return user;
}
