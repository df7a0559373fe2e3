import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';

export const countUnread = route({
  method: 'GET',
  path: '/api/notifications/unread-count',
  summary: 'How many own notifications are unread',
  access: 'user',
  answers: { 200: z.object({ count: z.int() }) },
  handler: async ({ ctx, user }) =>
    ok({ count: await ctx.notificationList.count({ userId: user.id, onlyUnread: true }) }),
});
