import { id } from '@commons/contracts';
import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { markNotification } from '../use-cases/mark-notification.ts';

export const markRead = route({
  method: 'PATCH',
  path: '/api/notifications/:id/mark-read',
  summary: 'Marks an own notification as read',
  access: 'user',
  params: z.object({ id }),
  answers: { 200: z.object({ id, read: z.boolean() }) },
  errors: [403, 404],
  handler: async ({ ctx, params, user }) => ok(await markNotification(ctx, { id: params.id, user, isRead: true })),
});
