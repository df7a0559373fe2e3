import { noContent } from '@commons/platform';
import { route } from '../context.ts';
import { logOut } from '../use-cases/log-out.ts';

export const logout = route({
  method: 'POST',
  path: '/api/auth/logout',
  summary: 'Ends the session in hand',
  access: 'user',
  idempotent: false,
  answers: { 204: null },
  handler: async ({ ctx, user }) => {
    await logOut(ctx, { userId: user.id, sessionId: user.sessionId });
    return noContent();
  },
});
