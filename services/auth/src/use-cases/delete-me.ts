import type { AuthContext } from '../context.ts';
import { announceEnd } from './announce-end.ts';
import { confirmPassword } from './confirm-password.ts';
import { eraseUser } from './erase-user.ts';

/** Deletes the account of a user who wants to go. @throws what `confirmPassword` throws. */
export async function deleteMe(
  ctx: AuthContext,
  { userId, password }: { userId: string; password: string },
): Promise<void> {
  await confirmPassword(ctx, { userId, password });
  const ended = await ctx.transaction((tx) => eraseUser(ctx, userId, tx));
  if (ended) await announceEnd(ctx, ended.ended);
  ctx.log.info({ user_id: userId }, 'user deleted');
}
