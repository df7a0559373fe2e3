import { text } from '@commons/contracts';
import { created } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { createChat } from '../use-cases/create-chat.ts';
import { chatBody, toChatBody } from './chat-body.ts';

export const createChatRoute = route({
  method: 'POST',
  path: '/api/chats',
  summary: 'Make a chat',
  access: 'user',
  body: z.object({ title: text({ min: 1, max: 255, trim: true }) }),
  answers: { 201: chatBody },
  handler: async ({ ctx, body, user }) => {
    const made = await createChat(ctx, { ownerId: user.id, title: body.title });
    return created(toChatBody(made), `/api/chats/${made.id}`);
  },
});
