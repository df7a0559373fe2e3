import { id, timestamp } from '@commons/contracts';
import { created } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { email, personName, username } from '../domain/names.ts';
import { newPassword } from '../domain/passwords.ts';
import { registerUser } from '../use-cases/register-user.ts';
import { NOT_STORED, tokenFields, toTokens } from './answer-shapes.ts';
import { clientInHand } from './client.ts';

export const register = route({
  method: 'POST',
  path: '/api/auth/register',
  summary: 'Makes an account and signs its owner in',
  access: 'public',
  idempotent: false,
  body: z.object({
    username,
    email,
    password: newPassword,
    first_name: personName.default(''),
    last_name: personName.default(''),
  }),
  answers: {
    201: z.object({ id, username: z.string(), email: z.string(), ...tokenFields, created_at: timestamp }),
  },
  handler: async ({ ctx, body }) => {
    const { first_name: firstName, last_name: lastName, ...rest } = body;
    const { user, tokens } = await registerUser(ctx, { ...rest, firstName, lastName }, clientInHand());
    return created(
      {
        id: user.id,
        username: user.username,
        email: user.email,
        ...toTokens(tokens),
        created_at: user.createdAt.toISOString(),
      },
      '/api/auth/me',
      NOT_STORED,
    );
  },
});
