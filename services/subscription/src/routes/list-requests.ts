import { ok, pageQuery } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { listRequests as list } from '../use-cases/list-requests.ts';
import { listOf, readList } from './read-list.ts';
import { requestView, toRequestView } from './subscription-view.ts';

export const listRequests = route({
  method: 'GET',
  path: '/api/subscriptions/requests',
  summary: 'Own requests that wait for an answer, latest first, by page or by cursor',
  access: 'user',
  query: z.object({
    ...pageQuery,
    direction: z.enum(['in', 'out']).default('in').describe('those of others to oneself, or own ones to others'),
  }),
  answers: { 200: listOf(requestView) },
  handler: async ({ ctx, query: { direction, ...query }, user, url }) =>
    ok(
      await readList(query, {
        read: (part) => list(ctx, { userId: user.id, direction, part }),
        view: toRequestView,
        url,
      }),
    ),
});
