import { id } from '@commons/contracts';
import { BadRequest, noContent } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { removeSubscription as remove } from '../use-cases/remove-subscription.ts';

export const removeSubscription = route({
  method: 'DELETE',
  path: '/api/subscriptions/remove',
  summary: 'Follows a user no more, or takes the request back; the user is named in the body or in the query',
  access: 'user',
  query: z.object({ user_id: id.optional() }),
  body: z.object({ user_id: id.optional() }),
  isBodyOptional: true,
  answers: { 204: null },
  errors: [404],
  handler: async ({ ctx, body, query, user }) => {
    const named = new Set([body.user_id, query.user_id].filter((userId) => userId !== undefined));
    const [followingId] = named;
    if (followingId === undefined) throw invalid('is missing');
    if (named.size > 1) throw invalid('is one in the body and another in the query');
    await remove(ctx, { followerId: user.id, followingId });
    return noContent();
  },
});

const invalid = (message: string): BadRequest =>
  new BadRequest(`user_id: ${message}`, 'invalid_request', [{ path: 'user_id', message }]);
