import { passwordChanged } from '@commons/contracts';
import type { AuthContext } from '../context.ts';
import { announceEnd } from './announce-end.ts';
import { confirmPassword, WrongPassword } from './confirm-password.ts';
import { endOtherSessions } from './end-sessions.ts';

export type PasswordChange = { userId: string; sessionId: string; currentPassword: string; newPassword: string };

/** Changes a password and ends all other sessions. @throws WrongPassword and what else `confirmPassword` throws. */
export async function changePassword(ctx: AuthContext, change: PasswordChange): Promise<void> {
  const { userId, sessionId, currentPassword, newPassword } = change;
  const user = await confirmPassword(ctx, { userId, password: currentPassword });
  const to = await ctx.passwords.hash(newPassword);
  const ended = await ctx.transaction(async (tx) => {
    const changed = await ctx.users.changePassword(userId, { from: user.passwordHash, to }, tx);
    if (!changed) throw new WrongPassword();
    tx.emit(passwordChanged, userId, { user_id: userId });
    return endOtherSessions(ctx, { userId, except: sessionId }, tx);
  });
  await announceEnd(ctx, ended);
  ctx.log.info({ user_id: userId }, 'password changed');
}
