import { userProfileUpdated } from '@commons/contracts';
import { Unauthorized, type Transaction } from '@commons/platform';
import type { AuthContext } from '../context.ts';
import type { User, UserChange } from '../domain/user.ts';

/** Changes what a user is called. @throws UserExists where a new name or e-mail is taken. */
export async function updateMe(ctx: AuthContext, userId: string, change: UserChange): Promise<User> {
  const user = await ctx.transaction((tx) => rename(ctx, userId, change, tx));
  ctx.log.info({ user_id: userId }, 'user changed');
  return user;
}

async function rename({ users }: AuthContext, userId: string, change: UserChange, tx: Transaction): Promise<User> {
  const before = await users.find(userId, tx);
  if (before?.status !== 'active') throw new Unauthorized();
  const after = await users.rename(before, change, tx);
  if (!after) throw new Unauthorized();
  if (after.usernameRevision !== before.usernameRevision)
    tx.emit(userProfileUpdated, userId, {
      user_id: userId,
      username: after.username,
      first_name: after.firstName,
      last_name: after.lastName,
      username_revision: after.usernameRevision,
    });
  return after;
}
