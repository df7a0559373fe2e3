import { noContent } from '@commons/platform';
import { route } from '../context.ts';
import { removeParticipant as remove } from '../use-cases/remove-participant.ts';
import { participantPath } from './chat-path.ts';

export const removeParticipant = route({
  method: 'DELETE',
  path: '/api/chats/:id/participants/:user_id',
  summary: 'Takes somebody out of a group; for its admins',
  access: 'user',
  params: participantPath,
  answers: { 204: null },
  errors: [403, 404],
  handler: async ({ ctx, params, user }) => {
    await remove(ctx, { chatId: params.id, userId: user.id, removedId: params.user_id });
    return noContent();
  },
});
