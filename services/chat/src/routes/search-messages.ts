import { ok, wordsOf } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { findReadableChat } from '../use-cases/find-own-chat.ts';
import { chatPath } from './chat-path.ts';
import { messagePage, messageQuery, readMessagePage } from './message-page.ts';

export const searchMessages = route({
  method: 'GET',
  path: '/api/chats/:id/messages/search',
  summary: 'Messages of a chat that have all of some words, case and accents folded; newest first',
  access: 'user',
  params: chatPath,
  query: z.object({ q: z.string().max(200), ...messageQuery }),
  answers: { 200: messagePage },
  errors: [404],
  handler: async ({ ctx, params, query: { q, ...query }, user }) => {
    const { id: chatId } = await findReadableChat(ctx, { chatId: params.id, userId: user.id });
    const words = wordsOf(q);
    return ok(
      await readMessagePage(ctx, query, async (stretch) =>
        words.length === 0 ? [] : ctx.messageList.search(words, { chatId, ...stretch }),
      ),
    );
  },
});
