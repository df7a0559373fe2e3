import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { markRead as mark } from '../use-cases/mark-read.ts';
import { chatPath } from './chat-path.ts';

export const markRead = route({
  method: 'POST',
  path: '/api/chats/:id/read',
  summary: 'Notes that the chat is read up to a message; it never steps back',
  access: 'user',
  params: chatPath,
  body: z.object({ seq: z.int().min(0) }),
  answers: { 200: z.object({ unread_count: z.int() }) },
  errors: [404],
  handler: async ({ ctx, params, body, user }) =>
    ok({ unread_count: await mark(ctx, { chatId: params.id, userId: user.id, seq: body.seq }) }),
});
