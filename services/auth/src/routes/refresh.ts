import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { refreshSession } from '../use-cases/refresh-session.ts';
import { NOT_STORED, tokenFields, toTokens } from './answer-shapes.ts';
import { clientInHand } from './client.ts';

export const refresh = route({
  method: 'POST',
  path: '/api/auth/refresh',
  summary: 'Exchanges a refresh token for a new pair of tokens; used twice, it ends the session',
  access: 'public',
  idempotent: false,
  body: z.object({ refresh_token: z.string() }),
  answers: { 200: z.object(tokenFields) },
  errors: [401],
  handler: async ({ ctx, body }) =>
    ok(toTokens(await refreshSession(ctx, body.refresh_token, clientInHand())), NOT_STORED),
});
