import { id } from '@commons/contracts';
import { cursorPageOf, decodeCursor, encodeCursor, ok, pageOf, pageQuery, toPage } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { listFeed as readPage, listFeedAfter } from '../use-cases/list-feed.ts';
import { cursorValue } from './cursor-value.ts';
import { postView, toPostView } from './post-view.ts';

const position = z.tuple([cursorValue, id]);

export const listFeed = route({
  method: 'GET',
  path: '/api/posts/feed',
  summary: 'Posts of those whom the caller follows, newest first, by page or by cursor; by page the latest thousand',
  access: 'user',
  query: z.object(pageQuery),
  answers: { 200: z.union([pageOf(postView), cursorPageOf(postView)]) },
  handler: async ({ ctx, query: { page, limit, cursor }, user, url }) => {
    if (cursor === undefined) {
      const { count, posts } = await readPage(ctx, { viewer: user, limit, page });
      return ok(toPage(posts.map(toPostView), { count, page, limit, url }));
    }
    const [value, lastId] = decodeCursor(cursor, position) ?? [];
    const after = value === undefined || lastId === undefined ? undefined : { value, id: lastId };
    const { posts, next } = await listFeedAfter(ctx, { viewer: user, limit, after });
    return ok({ next_cursor: next && encodeCursor([next.value, next.id]), results: posts.map(toPostView) });
  },
});
