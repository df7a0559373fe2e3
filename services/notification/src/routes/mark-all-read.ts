import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';

export const markAllRead = route({
  method: 'POST',
  path: '/api/notifications/mark-all-read',
  summary: 'Marks all own notifications as read',
  access: 'user',
  answers: { 200: z.object({ updated: z.int() }) },
  handler: async ({ ctx, user }) => ok({ updated: await ctx.notificationList.markAllRead(user.id) }),
});
