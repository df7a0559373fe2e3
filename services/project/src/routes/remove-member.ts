import { id } from '@commons/contracts';
import { noContent } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { removeMember as remove } from '../use-cases/remove-member.ts';

export const removeMember = route({
  method: 'DELETE',
  path: '/api/projects/:id/members/:user_id',
  summary: 'Removes a member, as the owner, or leaves, as the member',
  access: 'user',
  params: z.object({ id, user_id: id }),
  answers: { 204: null },
  errors: [403, 404, 409],
  handler: async ({ ctx, params, user }) => {
    await remove(ctx, { projectId: params.id, memberId: params.user_id, userId: user.id });
    return noContent();
  },
});
