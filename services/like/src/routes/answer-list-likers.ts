import { id, listLikers as listLikersCall } from '@commons/contracts';
import { decodeCursor, encodeCursor } from '@commons/platform';
import { z } from 'zod';
import { answer } from '../context.ts';
import { listLikers } from '../use-cases/list-likers.ts';

/** Who likes a target, for whoever shows it. */
export const answerListLikers = answer(listLikersCall, async ({ ctx, input }) => {
  const [before] = decodeCursor(input.before ?? '', z.tuple([id])) ?? [];
  const { count, leftOut, likers } = await listLikers(ctx, {
    target: { type: input.target_type, id: input.target_id },
    limit: input.limit,
    skip: input.skip,
    ...(before !== undefined && { before }),
    ...(input.without && { without: input.without }),
  });
  return {
    count,
    ...(leftOut > 0 && { left_out: leftOut }),
    likers: likers.map(({ like, username }) => ({
      user_id: like.userId,
      username,
      created_at: like.createdAt.toISOString(),
      position: encodeCursor([like.id]),
    })),
  };
});
