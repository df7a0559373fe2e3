import { entityTag, ok } from '@commons/platform';
import { route } from '../context.ts';
import { readPost } from '../use-cases/read-post.ts';
import { postPath } from './post-path.ts';
import { postDetailView, toPostView } from './post-view.ts';

export const getPost = route({
  method: 'GET',
  path: '/api/posts/:id',
  summary: 'A post with its latest likers; counts one view a day for each user but the author',
  access: 'anyone',
  params: postPath,
  answers: { 200: postDetailView },
  errors: [404],
  handler: async ({ ctx, params, user }) => {
    const detail = await readPost(ctx, { postId: params.id, viewer: user });
    const likes = detail.likers.map(({ userId, username }) => ({ user_id: userId, username }));
    const view = { ...toPostView(detail), likes };
    return ok(view, { etag: entityTag(detail.post.revision, view) });
  },
});
