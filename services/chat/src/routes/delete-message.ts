import { noContent } from '@commons/platform';
import { route } from '../context.ts';
import { deleteMessage as remove } from '../use-cases/delete-message.ts';
import { messagePath } from './chat-path.ts';

export const deleteMessage = route({
  method: 'DELETE',
  path: '/api/chats/:id/messages/:message_id',
  summary: 'Empties an own message; a tombstone stays',
  access: 'user',
  params: messagePath,
  answers: { 204: null },
  errors: [403, 404],
  handler: async ({ ctx, params, user }) => {
    await remove(ctx, { chatId: params.id, messageId: params.message_id, userId: user.id });
    return noContent();
  },
});
