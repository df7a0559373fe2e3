import { ok } from '@commons/platform';
import { route } from '../context.ts';
import { likeAndShow, likeView } from './like-view.ts';
import { postPath } from './post-path.ts';

export const putPostLike = route({
  method: 'PUT',
  path: '/api/posts/:id/like',
  summary: 'Likes a post; again changes nothing',
  access: 'user',
  params: postPath,
  answers: { 200: likeView },
  errors: [404, 503],
  handler: async ({ ctx, params, user }) => ok(await likeAndShow(ctx, { postId: params.id, user, action: 'like' })),
});
