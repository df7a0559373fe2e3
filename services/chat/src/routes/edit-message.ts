import { chatMessage } from '@commons/contracts';
import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { editMessage as edit } from '../use-cases/edit-message.ts';
import { messagePath } from './chat-path.ts';
import { content } from './message-body.ts';

export const editMessage = route({
  method: 'PATCH',
  path: '/api/chats/:id/messages/:message_id',
  summary: 'Writes an own message anew, within 24 hours',
  access: 'user',
  params: messagePath,
  body: z.object({ content }),
  answers: { 200: chatMessage },
  errors: [403, 404, 409],
  handler: async ({ ctx, params, body, user }) =>
    ok(
      await edit(ctx, {
        chatId: params.id,
        messageId: params.message_id,
        userId: user.id,
        content: body.content,
      }),
    ),
});
