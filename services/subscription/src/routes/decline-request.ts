import { ok } from '@commons/platform';
import { route } from '../context.ts';
import { answerRequest } from '../use-cases/answer-request.ts';
import { requestName, toRequest } from './request-name.ts';
import { subscriptionView, toSubscriptionView } from './subscription-view.ts';

export const declineRequest = route({
  method: 'POST',
  path: '/api/subscriptions/decline',
  summary: 'Declines a request to follow oneself',
  access: 'user',
  body: requestName,
  answers: { 200: subscriptionView },
  errors: [404, 409],
  handler: async ({ ctx, body, user }) =>
    ok(toSubscriptionView(await answerRequest(ctx, { userId: user.id, request: toRequest(body), answer: 'declined' }))),
});
