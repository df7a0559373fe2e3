import { deleteSession } from '@commons/contracts';
import { answer } from '../context.ts';
import { endSession } from '../use-cases/end-session.ts';

export const answerDeleteSession = answer(deleteSession, async ({ ctx, input }) => ({
  deleted: (await endSession(ctx, { sessionId: input.session_id })) !== undefined,
}));
