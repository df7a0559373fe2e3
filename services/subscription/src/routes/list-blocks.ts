import { ok, pageQuery } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { listBlocks as list } from '../use-cases/list-blocks.ts';
import { listedBlockView, toListedBlockView } from './block-view.ts';
import { listOf, readList } from './read-list.ts';

export const listBlocks = route({
  method: 'GET',
  path: '/api/subscriptions/blocks',
  summary: 'Whom one blocks, latest first, by page or by cursor',
  access: 'user',
  query: z.object(pageQuery),
  answers: { 200: listOf(listedBlockView) },
  handler: async ({ ctx, query, user, url }) =>
    ok(await readList(query, { read: (part) => list(ctx, { userId: user.id, part }), view: toListedBlockView, url })),
});
