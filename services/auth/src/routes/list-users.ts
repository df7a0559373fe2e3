import { role, text, userStatus } from '@commons/contracts';
import { ok, pageQuery } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { countUsers } from '../use-cases/count-users.ts';
import { recordAudit } from '../use-cases/record-audit.ts';
import { toUserAnswer, userShape } from './answer-shapes.ts';
import { listShape, readList } from './read-list.ts';

export const listUsers = route({
  method: 'GET',
  path: '/api/admin/users',
  summary: 'Users, latest first; q finds the beginning of any word of their names and e-mail',
  access: 'admin',
  query: z.object({
    ...pageQuery,
    q: text({ max: 200 }).optional(),
    status: userStatus.optional(),
    role: role.optional(),
  }),
  answers: { 200: listShape(userShape) },
  handler: async ({ ctx, query: { page, limit, cursor, ...filter }, url }) => {
    const list = await readList(
      { page, limit, cursor },
      {
        read: async (slice) => (await ctx.userSearch.list(filter, slice)).map(toUserAnswer),
        count: () => countUsers(ctx, filter),
        url,
      },
    );
    await recordAudit(ctx, { action: 'list_users', target_type: 'user', target_id: null, outcome: 'success' });
    return ok(list);
  },
});
