import { id } from '@commons/contracts';
import { ok, pageQuery } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { listSubscriptions as list } from '../use-cases/list-subscriptions.ts';
import { listOf, readList } from './read-list.ts';
import { listedView, toListedView } from './subscription-view.ts';

export const listSubscriptions = route({
  method: 'GET',
  path: '/api/subscriptions/:id',
  summary: 'Whom a user follows, or who follows the user, latest first, by page or by cursor',
  access: 'anyone',
  params: z.object({ id }),
  query: z.object({ ...pageQuery, direction: z.enum(['following', 'followers']).default('following') }),
  answers: { 200: listOf(listedView) },
  errors: [403, 404],
  handler: async ({ ctx, params, query: { direction, ...query }, user: viewer, url }) =>
    ok(
      await readList(query, {
        read: (part) => list(ctx, { userId: params.id, direction, viewer, part }),
        view: toListedView,
        url,
      }),
    ),
});
