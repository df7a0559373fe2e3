import { validateSession } from '@commons/contracts';
import { answer } from '../context.ts';
import { validateSession as validate } from '../use-cases/validate-session.ts';

export const answerValidateSession = answer(validateSession, async ({ ctx, input }) => {
  const userId = await validate(ctx, input.session_id);
  return { valid: userId !== undefined, user_id: userId ?? null };
});
