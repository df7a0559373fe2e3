import { ok } from '@commons/platform';
import { route } from '../context.ts';
import { findReadableChat } from '../use-cases/find-own-chat.ts';
import { showChat } from '../use-cases/show-chats.ts';
import { chatPath } from './chat-path.ts';
import { chatView, toChatView } from './chat-view.ts';

export const getChat = route({
  method: 'GET',
  path: '/api/chats/:id',
  summary: 'A chat in which the user takes part',
  access: 'user',
  params: chatPath,
  answers: { 200: chatView },
  errors: [404],
  handler: async ({ ctx, params, user }) => {
    const chat = await findReadableChat(ctx, { chatId: params.id, userId: user.id });
    return ok(toChatView(await showChat(ctx, chat, user.id)));
  },
});
