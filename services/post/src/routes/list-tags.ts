import { cursorPageOf, decodeCursor, encodeCursor, ok, pageOf, pageQuery, toPage } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import type { TagUse } from '../data/tag-store.ts';
import { MAX_TAG_LENGTH, tagKey } from '../domain/tags.ts';
import { EXACT_UP_TO } from '../use-cases/count-posts.ts';
import { foldTagChanges } from '../use-cases/fold-tag-changes.ts';

const tagView = z.object({ tag: z.string(), posts_count: z.int() });

export const listTags = route({
  method: 'GET',
  path: '/api/tags',
  summary: 'Tags of public posts, most used first; `q` is how they begin',
  access: 'anyone',
  query: z.object({ ...pageQuery, q: z.string().max(MAX_TAG_LENGTH).default('') }),
  answers: { 200: z.union([pageOf(tagView), cursorPageOf(tagView)]) },
  handler: async ({ ctx, query: { page, limit, cursor, q }, url }) => {
    const prefix = tagKey(q);
    await foldTagChanges(ctx);
    if (cursor === undefined) {
      const [found, count] = await Promise.all([
        ctx.tags.list({ prefix, limit, skip: (page - 1) * limit }),
        ctx.tags.count({ prefix, limit: EXACT_UP_TO }),
      ]);
      return ok(toPage(found.map(toView), { count, page, limit, url }));
    }
    const [postsCount, tag] = decodeCursor(cursor, z.tuple([z.int(), z.string()])) ?? [];
    const after = postsCount === undefined || tag === undefined ? {} : { after: { postsCount, tag } };
    const found = await ctx.tags.list({ prefix, limit: limit + 1, ...after });
    const last = found.length > limit ? found[limit - 1] : undefined;
    return ok({
      next_cursor: last ? encodeCursor([last.postsCount, last.tag]) : null,
      results: found.slice(0, limit).map(toView),
    });
  },
});

const toView = ({ tag, postsCount }: TagUse): z.infer<typeof tagView> => ({ tag, posts_count: postsCount });
