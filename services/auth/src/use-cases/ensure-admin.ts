import { passwordChanged, userRolesChanged } from '@commons/contracts';
import { InvalidConfiguration, type Transaction } from '@commons/platform';
import type { AuthContext } from '../context.ts';
import type { User } from '../domain/user.ts';
import { UserExists } from '../domain/user-exists.ts';
import { announceEnd, type Ended } from './announce-end.ts';
import { endSessions, revokeTokens } from './end-sessions.ts';
import { addUser } from './register-user.ts';

/**
 * Sees to it that the admin of the configuration is there, with its password and role. Doing it again, or in two
 * replicas at once, changes nothing more.
 * @throws InvalidConfiguration where the e-mail of a new admin is somebody else's.
 */
export async function ensureAdmin(ctx: AuthContext): Promise<void> {
  const { ADMIN_USERNAME: username, ADMIN_PASSWORD: password, ADMIN_EMAIL } = ctx.config;
  if (username === undefined || password === undefined) return;
  const email = ADMIN_EMAIL ?? `${username}@commons.local`;
  if (!(await ctx.users.findByName(username))) await makeAdmin(ctx, { username, email, password });
  const admin = await ctx.users.findByName(username);
  if (!admin) throw new InvalidConfiguration([`ADMIN_EMAIL: ${email} is the e-mail of another user`]);
  await updateAdmin(ctx, admin, password);
}

/** Another replica may do the same at this moment: whichever comes first. */
async function makeAdmin(
  ctx: AuthContext,
  { password, ...names }: { username: string; email: string; password: string },
): Promise<void> {
  const passwordHash = await ctx.passwords.hash(password);
  try {
    const admin = await ctx.transaction((tx) =>
      addUser(
        ctx,
        { ...names, firstName: '', lastName: '', passwordHash, roles: ['user', 'admin'], createdAt: ctx.clock.now() },
        tx,
      ),
    );
    ctx.log.info({ user_id: admin.id }, 'admin made');
  } catch (error) {
    if (!(error instanceof UserExists)) throw error;
  }
}

async function updateAdmin(ctx: AuthContext, admin: User, password: string): Promise<void> {
  const isSamePassword = await ctx.passwords.matches(password, admin.passwordHash);
  if (isSamePassword && admin.roles.includes('admin')) return;
  const to = isSamePassword ? undefined : await ctx.passwords.hash(password);
  const ended = await ctx.transaction(async (tx) => [
    ...(to === undefined ? [] : await replacePassword(ctx, admin, to, tx)),
    ...(await addRole(ctx, admin.id, tx)),
  ]);
  for (const each of ended) await announceEnd(ctx, each);
  ctx.log.info({ user_id: admin.id }, 'admin brought in line with the configuration');
}

async function replacePassword(ctx: AuthContext, admin: User, to: string, tx: Transaction): Promise<Ended[]> {
  if (!(await ctx.users.changePassword(admin.id, { from: admin.passwordHash, to }, tx))) return [];
  tx.emit(passwordChanged, admin.id, { user_id: admin.id });
  return [await endSessions(ctx, admin.id, tx)];
}

async function addRole(ctx: AuthContext, id: string, tx: Transaction): Promise<Ended[]> {
  const admin = await ctx.users.find(id, tx);
  if (!admin || admin.roles.includes('admin')) return [];
  const roles: User['roles'] = [...admin.roles, 'admin'];
  await ctx.users.setRoles(id, roles, tx);
  tx.emit(userRolesChanged, id, { user_id: id, roles });
  return [{ revocations: [await revokeTokens(ctx, id, tx)], sessionIds: [] }];
}
