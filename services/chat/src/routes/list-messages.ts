import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { findReadableChat } from '../use-cases/find-own-chat.ts';
import { chatPath } from './chat-path.ts';
import { messagePage, messageQuery, readMessagePage } from './message-page.ts';

export const listMessages = route({
  method: 'GET',
  path: '/api/chats/:id/messages',
  summary: 'The messages of a chat, newest first',
  access: 'user',
  params: chatPath,
  query: z.object(messageQuery),
  answers: { 200: messagePage },
  errors: [404],
  handler: async ({ ctx, params, query, user }) => {
    const { id: chatId } = await findReadableChat(ctx, { chatId: params.id, userId: user.id });
    return ok(await readMessagePage(ctx, query, (stretch) => ctx.messageList.newest({ chatId, ...stretch })));
  },
});
