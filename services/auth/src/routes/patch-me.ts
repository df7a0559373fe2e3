import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { email, personName, username } from '../domain/names.ts';
import { updateMe } from '../use-cases/update-me.ts';
import { meShape, toMe } from './answer-shapes.ts';

export const patchMe = route({
  method: 'PATCH',
  path: '/api/auth/me',
  summary: 'Changes the own account; what is left out stays',
  access: 'user',
  body: z.object({
    username: username.optional(),
    email: email.optional(),
    first_name: personName.optional(),
    last_name: personName.optional(),
  }),
  answers: { 200: meShape },
  handler: async ({ ctx, user, body }) => {
    const change = {
      ...(body.username !== undefined && { username: body.username }),
      ...(body.email !== undefined && { email: body.email }),
      ...(body.first_name !== undefined && { firstName: body.first_name }),
      ...(body.last_name !== undefined && { lastName: body.last_name }),
    };
    return ok(toMe(await updateMe(ctx, user.id, change)));
  },
});
