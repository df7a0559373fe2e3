import { id } from '@commons/contracts';
import { created } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { requestSubscription as request } from '../use-cases/request-subscription.ts';
import { subscriptionView, toSubscriptionView } from './subscription-view.ts';

export const requestSubscription = route({
  method: 'POST',
  path: '/api/subscriptions/request',
  summary: 'Follows a user at once where the profile is public; otherwise asks to',
  access: 'user',
  body: z.object({ user_id: id }),
  answers: { 201: subscriptionView },
  errors: [403, 404, 409],
  handler: async ({ ctx, body, user }) => {
    const made = await request(ctx, { user, userId: body.user_id });
    const isPending = made.status === 'pending';
    const list = isPending ? '/api/subscriptions/requests?direction=out' : `/api/subscriptions/${user.id}`;
    return created(toSubscriptionView(made), list);
  },
});
