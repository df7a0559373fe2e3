import { cursorPageOf, decodeCursor, encodeCursor, ok, pageOf, pageQuery, toPage } from '@commons/platform';
import { z } from 'zod';
import type { Liker } from '../clients/likes.ts';
import { route } from '../context.ts';
import { withoutHidden } from '../domain/without-hidden.ts';
import { findHidden } from '../use-cases/find-relation.ts';
import { findVisiblePost } from '../use-cases/find-visible-post.ts';
import { postPath } from './post-path.ts';
import { liker } from './post-view.ts';

export const listPostLikes = route({
  method: 'GET',
  path: '/api/posts/:id/likes',
  summary: 'All who like a post, latest first, by page or by cursor',
  access: 'anyone',
  params: postPath,
  query: z.object(pageQuery),
  answers: { 200: z.union([pageOf(liker), cursorPageOf(liker)]) },
  errors: [404, 503],
  handler: async ({ ctx, params, query: { page, limit, cursor }, user, url }) => {
    const { id: postId } = await findVisiblePost(ctx, { postId: params.id, viewer: user });
    const hidden = await findHidden(ctx, user);
    if (cursor === undefined) {
      const { count, leftOut, likers } = await ctx.likes.list({ postId, hidden, limit, skip: (page - 1) * limit });
      return ok(toPage(withoutHidden(likers, hidden).map(toView), { count: count - leftOut, page, limit, url }));
    }
    const [before] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
    const { likers } = await ctx.likes.list({
      postId,
      hidden,
      limit: limit + 1,
      ...(before !== undefined && { before }),
    });
    const last = likers.length > limit ? likers[limit - 1] : undefined;
    return ok({
      next_cursor: last ? encodeCursor([last.position]) : null,
      results: withoutHidden(likers.slice(0, limit), hidden).map(toView),
    });
  },
});

const toView = ({ userId, username }: Liker): z.infer<typeof liker> => ({ user_id: userId, username });
