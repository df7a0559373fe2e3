import { id } from '@commons/contracts';
import { cursorPageOf, decodeCursor, encodeCursor, ok, pageOf, pageQuery, toPage } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { showChats } from '../use-cases/show-chats.ts';
import { chatView, toChatView } from './chat-view.ts';

/** Farthest time that there is, in milliseconds from 1970. */
const LAST_TIME = 8_640_000_000_000_000;
const position = z.tuple([z.int().min(-LAST_TIME).max(LAST_TIME), id]);

export const listChats = route({
  method: 'GET',
  path: '/api/chats',
  summary: 'Own chats, latest first, by page or by cursor; direct ones with somebody blocked are left out',
  access: 'user',
  query: z.object(pageQuery),
  answers: { 200: z.union([pageOf(chatView), cursorPageOf(chatView)]) },
  handler: async ({ ctx, query: { page, limit, cursor }, user, url }) => {
    const wanted = { userId: user.id, hiddenIds: await ctx.blocks.hiddenFrom(user.id) };
    if (cursor === undefined) {
      const [chats, count] = await Promise.all([
        ctx.chatList.list(wanted, { limit, skip: (page - 1) * limit }),
        ctx.chatList.count(wanted),
      ]);
      const shown = await showChats(ctx, chats, user.id);
      return ok(toPage(shown.map(toChatView), { count, page, limit, url }));
    }
    const [time, lastId] = decodeCursor(cursor, position) ?? [];
    const after = time === undefined || lastId === undefined ? undefined : { updatedAt: new Date(time), id: lastId };
    const chats = await ctx.chatList.list(wanted, { limit: limit + 1, after });
    const last = chats.length > limit ? chats[limit - 1] : undefined;
    const shown = await showChats(ctx, chats.slice(0, limit), user.id);
    return ok({
      next_cursor: last ? encodeCursor([last.updatedAt.getTime(), last.id]) : null,
      results: shown.map(toChatView),
    });
  },
});
