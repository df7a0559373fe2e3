import { id } from '@commons/contracts';
import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { setCommentLike } from '../use-cases/set-comment-like.ts';
import { commentLike } from './comment-like.ts';

export const likeComment = route({
  method: 'PUT',
  path: '/api/comments/:id/like',
  summary: 'Likes a comment',
  access: 'user',
  params: z.object({ id }),
  answers: { 200: commentLike },
  errors: [404],
  handler: async ({ ctx, params, user }) => ok(await setCommentLike(ctx, { id: params.id, user, action: 'like' })),
});
