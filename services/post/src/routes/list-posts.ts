import { id } from '@commons/contracts';
import { cursorPageOf, decodeCursor, encodeCursor, ok, pageOf, pageQuery, toPage } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import type { Order } from '../data/post-list.ts';
import { MAX_TAG_LENGTH } from '../domain/tags.ts';
import { wordsOf } from '../domain/words.ts';
import { listPosts as readPage, listPostsAfter, type ListPosts } from '../use-cases/list-posts.ts';
import { cursorValue } from './cursor-value.ts';
import { postView, toPostView } from './post-view.ts';

const orders = {
  created_at: { field: 'created_at', direction: 1 },
  '-created_at': { field: 'created_at', direction: -1 },
  likes_count: { field: 'likes_count', direction: 1 },
  '-likes_count': { field: 'likes_count', direction: -1 },
} as const satisfies Record<string, Order>;
const ordering = z.enum(Object.keys(orders) as (keyof typeof orders)[]);

const position = z.tuple([ordering, cursorValue, id]);

export const listPosts = route({
  method: 'GET',
  path: '/api/posts',
  summary: 'Posts that the reader may see, by page or by cursor',
  access: 'anyone',
  query: z.object({
    ...pageQuery,
    ordering: ordering.default('-created_at'),
    author_id: id.optional(),
    tag: z.string().min(1).max(MAX_TAG_LENGTH).optional(),
    q: z.string().max(200).optional().meta({ description: 'Words that are all in the title or the content' }),
  }),
  answers: { 200: z.union([pageOf(postView), cursorPageOf(postView)]) },
  handler: async ({ ctx, query, user, url }) => {
    const { page, limit, cursor, author_id: authorId, tag, q = '' } = query;
    const words = wordsOf(q);
    const filter = {
      viewer: user,
      limit,
      ...(authorId !== undefined && { authorId }),
      ...(tag !== undefined && { tag }),
      ...(words.length > 0 && { words }),
    };
    if (q.trim() !== '' && words.length === 0) {
      return ok(cursor === undefined ? toPage([], { count: 0, page, limit, url }) : { next_cursor: null, results: [] });
    }
    if (cursor !== undefined) return ok(await readFrom(cursor, query.ordering));
    const { count, posts } = await readPage(ctx, { ...filter, order: orders[query.ordering], page });
    return ok(toPage(posts.map(toPostView), { count, page, limit, url }));

    async function readFrom(encoded: string, asked: keyof typeof orders) {
      const [kept, value, lastId] = decodeCursor(encoded, position) ?? [asked];
      const after = value === undefined || lastId === undefined ? undefined : { value, id: lastId };
      const read: ListPosts = { ...filter, order: orders[kept] };
      const { posts, next } = await listPostsAfter(ctx, { ...read, after });
      return { next_cursor: next && encodeCursor([kept, next.value, next.id]), results: posts.map(toPostView) };
    }
  },
});
