import { id } from '@commons/contracts';
import { noContent, NotFound } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { endSession } from '../use-cases/end-session.ts';

export const deleteSession = route({
  method: 'DELETE',
  path: '/api/auth/sessions/:id',
  summary: 'Ends one of the own sessions',
  access: 'user',
  params: z.object({ id }),
  answers: { 204: null },
  errors: [404],
  handler: async ({ ctx, user, params }) => {
    const ended = await endSession(ctx, { sessionId: params.id, userId: user.id });
    if (!ended) throw new NotFound('There is no such session.', 'session_not_found');
    return noContent();
  },
});
