import { userLoggedIn } from '@commons/contracts';
import { Forbidden, Unauthorized } from '@commons/platform';
import type { AuthContext } from '../context.ts';
import { LoginThrottled } from '../domain/login-throttled.ts';
import type { Client, Session } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import { cacheSession } from './cache-session.ts';
import { issueTokens, type Tokens } from './issue-tokens.ts';
import { addRefreshToken, openSession } from './open-session.ts';
import { recordAudit } from './record-audit.ts';

export type Credentials = { name: string; password: string };

/**
 * Signs a user in by username or e-mail. Whether there is such a user shows neither in the words nor in the time.
 * @throws Unauthorized (`wrong_credentials`); Forbidden (`account_suspended`), only with the right password;
 *   LoginThrottled after too many failures for the name, the right password included.
 */
export async function logIn(
  ctx: AuthContext,
  { name, password }: Credentials,
  client: Client,
): Promise<{ user: User; tokens: Tokens }> {
  const found = await ctx.users.findByName(name);
  try {
    const user = await prove(ctx, { name, password }, found);
    return await enter(ctx, user, client);
  } catch (error) {
    if (error instanceof LoginThrottled || error instanceof Unauthorized || error instanceof Forbidden)
      await recordAudit(ctx, {
        action: 'login',
        target_type: 'user',
        target_id: found?.id ?? null,
        outcome: 'refused',
      });
    throw error;
  }
}

async function prove(ctx: AuthContext, { name, password }: Credentials, user: User | undefined): Promise<User> {
  refuseUntil(ctx, await ctx.loginFailures.blockedUntil(name, ctx.clock.now()));
  const isRight = await ctx.passwords.matches(password, user?.passwordHash);
  if (!user || !isRight) {
    refuseUntil(ctx, await ctx.loginFailures.add(name, ctx.clock.now()));
    throw new WrongCredentials();
  }
  if (user.status !== 'active') {
    refuseUntil(ctx, await ctx.loginFailures.blockedUntil(name, ctx.clock.now()));
    throw new Forbidden('This account is suspended.', 'account_suspended');
  }
  refuseUntil(ctx, await ctx.loginFailures.clear(name, ctx.clock.now()));
  return user;
}

function refuseUntil({ clock, loginFailures }: AuthContext, until: Date | undefined): void {
  if (until) throw new LoginThrottled(until, clock.now(), loginFailures.policy);
}

/** Opens a session, if the account is still what it was when the password was compared. */
async function enter(
  ctx: AuthContext,
  { id, passwordHash }: User,
  client: Client,
): Promise<{ user: User; tokens: Tokens }> {
  const entered = await ctx.inTurn(id, () =>
    ctx.transaction(async (tx) => {
      const now = ctx.clock.now();
      const user = await ctx.users.noteActivity(id, { now, passwordHash }, tx);
      if (!user) throw new WrongCredentials();
      const session: Session = await openSession(ctx, { userId: id, client, now }, tx);
      tx.emit(userLoggedIn, id, {
        user_id: id,
        session_id: session.id,
        ip: session.ip,
        user_agent: session.userAgent,
      });
      return { user, session, refreshToken: await addRefreshToken(ctx, session, tx), now };
    }),
  );
  const { user, session } = entered;
  await cacheSession(ctx, session);
  ctx.log.info({ user_id: user.id }, 'user logged in');
  return { user, tokens: await issueTokens(ctx, { ...entered, sessionId: session.id }) };
}

class WrongCredentials extends Unauthorized {
  constructor() {
    super('Name or password are wrong.', 'wrong_credentials');
  }
}
