import { id, text } from '@commons/contracts';
import { BadRequest, ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { givenPassword } from '../domain/passwords.ts';
import { logIn } from '../use-cases/log-in.ts';
import { NOT_STORED, tokenFields, toTokens } from './answer-shapes.ts';
import { clientInHand } from './client.ts';

const name = text({ min: 1, max: 1_000 }).optional();

export const login = route({
  method: 'POST',
  path: '/api/auth/login',
  summary: 'Signs in by username or e-mail',
  access: 'public',
  idempotent: false,
  body: z.object({ username: name, email: name, password: givenPassword }),
  answers: { 200: z.object({ ...tokenFields, user_id: id, username: z.string() }) },
  errors: [401, 403, 429],
  handler: async ({ ctx, body: { username, email, password } }) => {
    const given = username ?? email;
    if (given === undefined)
      throw new BadRequest('username: or email is needed', 'invalid_request', [
        { path: 'username', message: 'or email is needed' },
      ]);
    const { user, tokens } = await logIn(ctx, { name: given, password }, clientInHand());
    return ok({ ...toTokens(tokens), user_id: user.id, username: user.username }, NOT_STORED);
  },
});
