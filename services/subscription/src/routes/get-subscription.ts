import { id } from '@commons/contracts';
import { NotFound, ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { subscriptionBody, toSubscriptionBody } from './subscription-body.ts';

export const getSubscriptionRoute = route({
  method: 'GET',
  path: '/api/subscriptions/:id',
  summary: "Read one's own subscription",
  access: 'user',
  params: z.object({ id }),
  answers: { 200: subscriptionBody },
  errors: [404],
  handler: async ({ ctx, params, user }) => {
    const found = await ctx.subscriptions.find(params.id);
    if (found?.ownerId !== user.id) throw new NotFound('There is no such subscription.', 'subscription_not_found');
    return ok(toSubscriptionBody(found));
  },
});
