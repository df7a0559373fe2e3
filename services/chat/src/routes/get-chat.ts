import { id } from '@commons/contracts';
import { NotFound, ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { chatBody, toChatBody } from './chat-body.ts';

export const getChatRoute = route({
  method: 'GET',
  path: '/api/chats/:id',
  summary: "Read one's own chat",
  access: 'user',
  params: z.object({ id }),
  answers: { 200: chatBody },
  errors: [404],
  handler: async ({ ctx, params, user }) => {
    const found = await ctx.chats.find(params.id);
    if (found?.ownerId !== user.id) throw new NotFound('There is no such chat.', 'chat_not_found');
    return ok(toChatBody(found));
  },
});
