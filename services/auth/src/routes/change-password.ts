import { noContent } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { givenPassword, newPassword } from '../domain/passwords.ts';
import { changePassword } from '../use-cases/change-password.ts';

export const changePasswordRoute = route({
  method: 'POST',
  path: '/api/auth/password',
  summary: 'Changes the own password and ends all other sessions',
  access: 'user',
  idempotent: false,
  body: z.object({ current_password: givenPassword, new_password: newPassword }),
  answers: { 204: null },
  errors: [403, 429],
  handler: async ({ ctx, user, body }) => {
    await changePassword(ctx, {
      userId: user.id,
      sessionId: user.sessionId,
      currentPassword: body.current_password,
      newPassword: body.new_password,
    });
    return noContent();
  },
});
