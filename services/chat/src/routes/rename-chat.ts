import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { renameChat as rename } from '../use-cases/rename-chat.ts';
import { showChat } from '../use-cases/show-chats.ts';
import { chatPath } from './chat-path.ts';
import { chatView, toChatView } from './chat-view.ts';
import { title } from './create-chat.ts';

export const renameChat = route({
  method: 'PATCH',
  path: '/api/chats/:id',
  summary: 'Gives a group another title; for its admins',
  access: 'user',
  params: chatPath,
  body: z.object({ title }),
  answers: { 200: chatView },
  errors: [403, 404],
  handler: async ({ ctx, params, body, user }) => {
    const chat = await rename(ctx, { chatId: params.id, userId: user.id, title: body.title });
    return ok(toChatView(await showChat(ctx, chat, user.id)));
  },
});
