import { ok } from '@commons/platform';
import { route } from '../context.ts';
import { likeAndShow, likeView } from './like-view.ts';
import { postPath } from './post-path.ts';

export const deletePostLike = route({
  method: 'DELETE',
  path: '/api/posts/:id/like',
  summary: 'Takes the like of a post back; again changes nothing',
  access: 'user',
  params: postPath,
  answers: { 200: likeView },
  errors: [404, 503],
  handler: async ({ ctx, params, user }) => ok(await likeAndShow(ctx, { postId: params.id, user, action: 'unlike' })),
});
