import { id } from '@commons/contracts';
import { NotFound, ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { recordAudit } from '../use-cases/record-audit.ts';
import { toUserDetail, userDetailShape } from './answer-shapes.ts';

export const getUser = route({
  method: 'GET',
  path: '/api/admin/users/:id',
  summary: 'A user; of a deleted one also which services have reported that nothing is left',
  access: 'admin',
  params: z.object({ id }),
  answers: { 200: userDetailShape },
  errors: [404],
  handler: async ({ ctx, params }) => {
    const user = await ctx.users.find(params.id);
    if (!user) throw new NotFound('There is no such user.', 'user_not_found');
    await recordAudit(ctx, { action: 'read_user', target_type: 'user', target_id: user.id, outcome: 'success' });
    return ok(toUserDetail(user, await ctx.erasures.find(user.id)));
  },
});
