import { userRolesChanged, userStatusChanged, type Role, type UserStatus } from '@commons/contracts';
import { Conflict, NotFound, type Transaction } from '@commons/platform';
import type { AuthContext } from '../context.ts';
import type { User } from '../domain/user.ts';
import { announceEnd, type Ended } from './announce-end.ts';
import { endSessions, revokeTokens } from './end-sessions.ts';
import { eraseUser } from './erase-user.ts';

export type UserDecision = { roles?: Role[] | undefined; status?: UserStatus | undefined };

type Outcome = { user: User; ended: Ended[] };

/**
 * An admin's decision on a user. A suspension ends the user's sessions, other roles need new tokens, and a deletion
 * erases, as the user's own would.
 * @throws NotFound (`user_not_found`); Conflict (`user_deleted`) where the user was deleted before.
 */
export async function changeUser(ctx: AuthContext, userId: string, decision: UserDecision): Promise<User> {
  const { user, ended } = await ctx.transaction(async (tx) => {
    const before = await ctx.users.find(userId, tx);
    if (!before) throw new NotFound('There is no such user.', 'user_not_found');
    if (before.status === 'deleted') return keepDeleted(before, decision);
    if (decision.status === 'deleted') return erase(ctx, before, tx);
    return decide(ctx, before, decision, tx);
  });
  for (const each of ended) await announceEnd(ctx, each);
  ctx.log.info({ user_id: userId, ...decision }, 'user changed by an admin');
  return user;
}

function keepDeleted(user: User, { status = 'deleted', roles }: UserDecision): Outcome {
  if (status !== 'deleted' || roles) throw new Conflict('The user was deleted.', 'user_deleted');
  return { user, ended: [] };
}

async function erase(ctx: AuthContext, before: User, tx: Transaction): Promise<Outcome> {
  const erased = await eraseUser(ctx, before.id, tx);
  return erased ? { user: erased.user, ended: [erased.ended] } : { user: before, ended: [] };
}

async function decide(
  ctx: AuthContext,
  before: User,
  { roles, status }: UserDecision,
  tx: Transaction,
): Promise<Outcome> {
  const ended: Ended[] = [];
  let user = before;
  if (roles && roles.join() !== before.roles.join()) {
    user = (await ctx.users.setRoles(before.id, roles, tx)) ?? user;
    ended.push({ revocations: [await revokeTokens(ctx, before.id, tx)], sessionIds: [] });
    tx.emit(userRolesChanged, before.id, { user_id: before.id, roles });
  }
  if (status && status !== before.status) {
    user = (await ctx.users.setStatus(before.id, status, tx)) ?? user;
    if (status === 'suspended') ended.push(await endSessions(ctx, before.id, tx));
    tx.emit(userStatusChanged, before.id, { user_id: before.id, status });
  }
  return { user, ended };
}
