import { id } from '@commons/contracts';
import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { markNotification as mark } from '../use-cases/mark-notification.ts';

export const markNotification = route({
  method: 'PUT',
  path: '/api/notifications/:id',
  summary: 'Marks an own notification as read or unread',
  access: 'user',
  params: z.object({ id }),
  body: z.object({ read: z.boolean() }),
  answers: { 200: z.object({ id, read: z.boolean() }) },
  errors: [403, 404],
  handler: async ({ ctx, params, body, user }) => ok(await mark(ctx, { id: params.id, user, isRead: body.read })),
});
