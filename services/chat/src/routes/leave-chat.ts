import { noContent } from '@commons/platform';
import { route } from '../context.ts';
import { leaveChat as leave } from '../use-cases/leave-chat.ts';
import { chatPath } from './chat-path.ts';

export const leaveChat = route({
  method: 'DELETE',
  path: '/api/chats/:id',
  summary: 'Leaves a group, or puts a direct chat away until its next message',
  access: 'user',
  params: chatPath,
  answers: { 204: null },
  errors: [403, 404],
  handler: async ({ ctx, params, user }) => {
    await leave(ctx, { chatId: params.id, userId: user.id });
    return noContent();
  },
});
