import { id } from '@commons/contracts';
import { created, ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { addParticipants as add } from '../use-cases/add-participants.ts';
import { showChat } from '../use-cases/show-chats.ts';
import { chatPath } from './chat-path.ts';
import { chatView, toChatView } from './chat-view.ts';

export const addParticipants = route({
  method: 'POST',
  path: '/api/chats/:id/participants',
  summary: 'Brings some into a group, for its admins; 200 where all were there already',
  access: 'user',
  params: chatPath,
  body: z.object({ user_ids: z.array(id).min(1, 'must not be empty') }),
  answers: { 200: chatView, 201: chatView },
  errors: [403, 404, 503],
  handler: async ({ ctx, params, body, user }) => {
    const { chat, added } = await add(ctx, { chatId: params.id, user, userIds: body.user_ids });
    const view = toChatView(await showChat(ctx, chat, user.id));
    return added > 0 ? created(view, `/api/chats/${chat.id}`) : ok(view);
  },
});
