import { accepted } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { givenPassword } from '../domain/passwords.ts';
import { deleteMe } from '../use-cases/delete-me.ts';

export const deleteMeRoute = route({
  method: 'DELETE',
  path: '/api/auth/me',
  summary: 'Deletes the own account; every service removes what is personal',
  access: 'user',
  body: z.object({ password: givenPassword }),
  answers: { 202: null },
  errors: [403, 429],
  handler: async ({ ctx, user, body }) => {
    await deleteMe(ctx, { userId: user.id, password: body.password });
    return accepted();
  },
});
