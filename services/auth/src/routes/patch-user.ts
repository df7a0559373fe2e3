import { id, role, userStatus } from '@commons/contracts';
import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { changeUser } from '../use-cases/change-user.ts';
import { toUserDetail, userDetailShape } from './answer-shapes.ts';

const roles = z
  .array(role)
  .refine((list) => list.length > 0, { error: 'must not be empty' })
  .transform((list) => role.options.filter((each) => list.includes(each)))
  .meta({ minItems: 1 });

export const patchUser = route({
  method: 'PATCH',
  path: '/api/admin/users/:id',
  summary: 'Changes roles or status; suspended ends all sessions, deleted erases',
  access: 'admin',
  params: z.object({ id }),
  body: z.object({ roles: roles.optional(), status: userStatus.optional() }),
  answers: { 200: userDetailShape },
  errors: [404, 409],
  handler: async ({ ctx, params, body }) => {
    const user = await changeUser(ctx, params.id, body);
    return ok(toUserDetail(user, await ctx.erasures.find(user.id)));
  },
});
