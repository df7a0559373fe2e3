import { id } from '@commons/contracts';
import { created, ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { blockUser as block } from '../use-cases/block-user.ts';
import { blockView, toBlockView } from './block-view.ts';

export const blockUser = route({
  method: 'POST',
  path: '/api/subscriptions/blocks',
  summary: 'Blocks a user: what is between the two ends, and each is hidden from the other',
  access: 'user',
  body: z.object({ user_id: id }),
  answers: { 200: blockView, 201: blockView },
  errors: [404],
  handler: async ({ ctx, body, user }) => {
    const { block: made, isNew } = await block(ctx, { user, userId: body.user_id });
    return isNew ? created(toBlockView(made), '/api/subscriptions/blocks') : ok(toBlockView(made));
  },
});
