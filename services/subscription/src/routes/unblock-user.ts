import { id } from '@commons/contracts';
import { noContent } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { unblockUser as unblock } from '../use-cases/unblock-user.ts';

export const unblockUser = route({
  method: 'DELETE',
  path: '/api/subscriptions/blocks/:user_id',
  summary: 'Blocks a user no more; also where there is no block',
  access: 'user',
  params: z.object({ user_id: id }),
  answers: { 204: null },
  handler: async ({ ctx, params, user }) => {
    await unblock(ctx, { blockerId: user.id, blockedId: params.user_id });
    return noContent();
  },
});
