import { id, notificationType, text } from '@commons/contracts';
import { accepted, Unprocessable } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { requestNotification as request } from '../use-cases/request-notification.ts';

const MAX_USERS = 1_000;
const MAX_MESSAGE = 1_000;

const body = z
  .object({
    user_ids: z
      .array(id)
      .min(1, 'must not be empty')
      .max(MAX_USERS, `must name ${MAX_USERS} users or fewer`)
      .optional(),
    broadcast: z.boolean().optional().describe('tells all users'),
    type: notificationType,
    message: text({ min: 1, max: MAX_MESSAGE, trim: true }).optional(),
    template: z.string().optional().describe('not available yet'),
    params: z.record(z.string(), z.unknown()).optional(),
    channels: z
      .array(z.enum(['in_app', 'email', 'push']))
      .min(1, 'must not be empty')
      .optional(),
  })
  .superRefine((given, context) => {
    const isMissing = (path: string): void =>
      context.addIssue({ code: 'custom', path: [path], message: 'is missing', params: { isShape: true } });
    if (given.user_ids === undefined && given.broadcast !== true) isMissing('user_ids');
    if (given.message === undefined && given.template === undefined) isMissing('message');
    if (given.user_ids !== undefined && given.broadcast === true)
      context.addIssue({ code: 'custom', path: ['user_ids'], message: 'has no meaning beside broadcast' });
  });

export const requestNotification = route({
  method: 'POST',
  path: '/api/notifications',
  summary: 'Tells some users, or all, of something; for admins and other services',
  access: 'admin-or-service',
  body,
  answers: { 202: z.object({ id, accepted: z.boolean() }) },
  handler: async ({
    ctx,
    body: { type, message, template, channels = ['in_app'], user_ids = [], broadcast = false },
  }) => {
    if (template !== undefined || message === undefined)
      throw new Unprocessable('There are no templates yet: send a message.', 'templates_not_available');
    if (channels.some((channel) => channel !== 'in_app'))
      throw new Unprocessable('Notifications go out in the app only as yet.', 'channel_not_available');
    const userIds = [...new Set(user_ids.map((userId) => userId.toLowerCase()))];
    const requestId = await request(ctx, { type, message: message.toWellFormed(), userIds, isBroadcast: broadcast });
    return accepted({ id: requestId, accepted: true });
  },
});
