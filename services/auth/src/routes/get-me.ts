import { ok } from '@commons/platform';
import { route } from '../context.ts';
import { readMe } from '../use-cases/read-me.ts';
import { meShape, toMe } from './answer-shapes.ts';

export const getMe = route({
  method: 'GET',
  path: '/api/auth/me',
  summary: 'The own account',
  access: 'user',
  answers: { 200: meShape },
  handler: async ({ ctx, user }) => ok(toMe(await readMe(ctx, { userId: user.id, sessionId: user.sessionId }))),
});
