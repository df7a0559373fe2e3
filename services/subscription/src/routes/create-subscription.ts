import { text } from '@commons/contracts';
import { created } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { createSubscription } from '../use-cases/create-subscription.ts';
import { subscriptionBody, toSubscriptionBody } from './subscription-body.ts';

export const createSubscriptionRoute = route({
  method: 'POST',
  path: '/api/subscriptions',
  summary: 'Make a subscription',
  access: 'user',
  body: z.object({ title: text({ min: 1, max: 255, trim: true }) }),
  answers: { 201: subscriptionBody },
  handler: async ({ ctx, body, user }) => {
    const made = await createSubscription(ctx, { ownerId: user.id, title: body.title });
    return created(toSubscriptionBody(made), `/api/subscriptions/${made.id}`);
  },
});
