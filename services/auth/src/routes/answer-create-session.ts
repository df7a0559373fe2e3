import { createSession } from '@commons/contracts';
import { answer } from '../context.ts';
import { createSession as create } from '../use-cases/create-session.ts';

export const answerCreateSession = answer(createSession, async ({ ctx, input }) => {
  const session = await create(ctx, input.user_id, { ip: input.ip, userAgent: input.user_agent });
  return {
    id: session.id,
    user_id: session.userId,
    created_at: session.createdAt.toISOString(),
    expires_at: session.expiresAt.toISOString(),
  };
});
