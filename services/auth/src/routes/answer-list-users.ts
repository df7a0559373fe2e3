import { listUsers } from '@commons/contracts';
import { answer } from '../context.ts';

/** A deleted user is there too, without a name. */
export const answerListUsers = answer(listUsers, async ({ ctx, input }) => ({
  users: (await ctx.userSearch.listFrom(input)).map((user) => ({
    id: user.id,
    username: user.username,
    first_name: user.firstName,
    last_name: user.lastName,
    username_revision: user.usernameRevision,
    roles: user.roles,
    status: user.status,
    created_at: user.createdAt.toISOString(),
  })),
}));
