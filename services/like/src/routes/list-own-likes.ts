import { id, likeTarget, timestamp } from '@commons/contracts';
import { cursorPageOf, decodeCursor, encodeCursor, Forbidden, ok, pageOf, pageQuery, toPage } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import type { Like } from '../data/like-store.ts';

const likeView = z.object({ target_type: likeTarget, target_id: id, created_at: timestamp });

export const listOwnLikes = route({
  method: 'GET',
  path: '/api/likes',
  summary: "A user's own likes, latest first, by page or by cursor",
  access: 'user',
  query: z.object({ ...pageQuery, user_id: id.optional() }),
  answers: { 200: z.union([pageOf(likeView), cursorPageOf(likeView)]) },
  errors: [403],
  handler: async ({ ctx, query: { page, limit, cursor, user_id: userId }, user, url }) => {
    if (userId !== undefined && userId !== user.id)
      throw new Forbidden("Another's likes are not yours to see.", 'not_your_likes');
    if (cursor === undefined) {
      const [likes, likers] = await Promise.all([
        ctx.likes.listBy(user.id, { limit, skip: (page - 1) * limit }),
        ctx.likers.find([user.id]),
      ]);
      return ok(toPage(likes.map(toView), { count: likers.get(user.id)?.likesCount ?? 0, page, limit, url }));
    }
    const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
    const likes = await ctx.likes.listBy(user.id, { limit: limit + 1, ...(before !== undefined && { before }) });
    const last = likes.length > limit ? likes[limit - 1] : undefined;
    return ok({ next_cursor: last ? encodeCursor([last.id]) : null, results: likes.slice(0, limit).map(toView) });
  },
});

const toView = ({ target, createdAt }: Like): z.infer<typeof likeView> => ({
  target_type: target.type,
  target_id: target.id,
  created_at: createdAt.toISOString(),
});
