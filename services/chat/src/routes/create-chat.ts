import { chatType, id, text } from '@commons/contracts';
import { created, Forbidden, ok, Unprocessable } from '@commons/platform';
import { z } from 'zod';
import { route, type ChatContext } from '../context.ts';
import { MAX_TITLE_LENGTH } from '../domain/chat.ts';
import type { Actor } from '../domain/person.ts';
import { createGroup } from '../use-cases/create-group.ts';
import { openDirectChat } from '../use-cases/open-direct-chat.ts';
import { showChat } from '../use-cases/show-chats.ts';
import { chatView, toChatView } from './chat-view.ts';

export const title = text({ min: 1, max: MAX_TITLE_LENGTH, trim: true });

const chatBody = z.object({
  type: chatType,
  participant_ids: z.array(id).min(1, 'must not be empty'),
  title: title.nullish().meta({ description: 'Of a group; a direct chat has none' }),
});

export const createChat = route({
  method: 'POST',
  path: '/api/chats',
  summary: 'Makes a group, or opens the direct chat of two: 200 where there is one',
  access: 'user',
  body: chatBody,
  answers: { 200: chatView, 201: chatView },
  errors: [403, 404, 503],
  handler: async ({ ctx, body, user }) => {
    const { chat, isNew } = await open(ctx, user, body);
    const view = toChatView(await showChat(ctx, chat, user.id));
    return isNew ? created(view, `/api/chats/${chat.id}`) : ok(view);
  },
});

async function open(ctx: ChatContext, user: Actor, body: z.output<typeof chatBody>) {
  const { type, participant_ids: participantIds, title: called = null } = body;
  if (type === 'project') throw new Forbidden('The chat of a project is made with its members.', 'project_chat');
  if (type === 'group') return { chat: await createGroup(ctx, { user, participantIds, title: called }), isNew: true };
  const [otherId, ...more] = [...new Set(participantIds)].filter((each) => each !== user.id);
  if (otherId === undefined || more.length > 0) throw notOne();
  return openDirectChat(ctx, { user, otherId });
}

function notOne(): Unprocessable {
  const message = 'must name one other user for a direct chat';
  return new Unprocessable(`participant_ids: ${message}`, 'rule_broken', [{ path: 'participant_ids', message }]);
}
