import { userDeleted } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { AuthContext } from '../context.ts';
import type { User } from '../domain/user.ts';
import type { Ended } from './announce-end.ts';
import { endSessions } from './end-sessions.ts';

/**
 * Removes everything personal of a user within a transaction and has every other service do the same; what follows is
 * `announceEnd`'s. Undefined where it was done before.
 */
export async function eraseUser(
  ctx: AuthContext,
  userId: string,
  tx: Transaction,
): Promise<{ user: User; ended: Ended } | undefined> {
  const user = await ctx.users.erase(userId, tx);
  if (!user) return undefined;
  const ended = await endSessions(ctx, userId, tx);
  await ctx.erasures.insert(userId, ctx.clock.now(), tx);
  tx.emit(userDeleted, userId, { user_id: userId });
  return { user, ended };
}
