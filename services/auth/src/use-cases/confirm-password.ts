import { Forbidden, Unauthorized } from '@commons/platform';
import type { AuthContext } from '../context.ts';
import { LoginThrottled } from '../domain/login-throttled.ts';
import type { User } from '../domain/user.ts';

/**
 * Has a signed-in user prove once more who they are. Wrong passwords count as failed logins do, under a name of their own.
 * @throws Forbidden (`wrong_password`); LoginThrottled after too many; Unauthorized where the account has gone.
 */
export async function confirmPassword(
  ctx: Pick<AuthContext, 'users' | 'passwords' | 'loginFailures' | 'clock'>,
  { userId, password }: { userId: string; password: string },
): Promise<User> {
  const name = `confirm ${userId}`;
  const { loginFailures, clock } = ctx;
  const refuseUntil = (until: Date | undefined): void => {
    if (until) throw new LoginThrottled(until, clock.now(), loginFailures.policy);
  };
  const user = await ctx.users.find(userId);
  if (user?.status !== 'active') throw new Unauthorized();
  refuseUntil(await loginFailures.blockedUntil(name, clock.now()));
  if (await ctx.passwords.matches(password, user.passwordHash)) {
    refuseUntil(await loginFailures.clear(name, clock.now()));
    return user;
  }
  refuseUntil(await loginFailures.add(name, clock.now()));
  throw new WrongPassword();
}

/** The password that was given to confirm a change is not the user's. */
export class WrongPassword extends Forbidden {
  constructor() {
    super('The password is wrong.', 'wrong_password');
  }
}
