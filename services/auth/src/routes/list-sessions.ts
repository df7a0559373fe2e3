import { ok, pageQuery } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { sessionShape, toSessionAnswer } from './answer-shapes.ts';
import { listShape, readList } from './read-list.ts';

export const listSessions = route({
  method: 'GET',
  path: '/api/auth/sessions',
  summary: 'The own sessions, latest first',
  access: 'user',
  query: z.object(pageQuery),
  answers: { 200: listShape(sessionShape) },
  handler: async ({ ctx, user, query, url }) => {
    const own = { userId: user.id, now: ctx.clock.now() };
    const list = await readList(query, {
      read: async (slice) =>
        (await ctx.sessions.list(own, slice)).map((session) => toSessionAnswer(session, user.sessionId)),
      count: () => ctx.sessions.count(own),
      url,
    });
    return ok(list);
  },
});
