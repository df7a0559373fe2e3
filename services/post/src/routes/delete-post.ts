import { noContent } from '@commons/platform';
import { route } from '../context.ts';
import { deletePost as remove } from '../use-cases/delete-post.ts';
import { postPath } from './post-path.ts';

export const deletePost = route({
  method: 'DELETE',
  path: '/api/posts/:id',
  summary: 'Removes a post; its comments, likes and image go with it',
  access: 'user',
  params: postPath,
  answers: { 204: null },
  errors: [403, 404, 412],
  handler: async ({ ctx, params, user, headers }) => {
    await remove(ctx, { postId: params.id, editor: user, ifMatch: headers['if-match'] });
    return noContent();
  },
});
