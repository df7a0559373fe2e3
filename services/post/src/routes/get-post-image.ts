import { NotFound, sendBytes } from '@commons/platform';
import { route } from '../context.ts';
import { findVisiblePost } from '../use-cases/find-visible-post.ts';
import { postPath } from './post-path.ts';

export const getPostImage = route({
  method: 'GET',
  path: '/api/posts/:id/image',
  summary: "A post's image, as visible as the post",
  access: 'anyone',
  params: postPath,
  answers: { 200: 'image/*', 206: 'image/*', 304: null },
  errors: [404, 416],
  handler: async ({ ctx, params, user, headers }) => {
    const post = await findVisiblePost(ctx, { postId: params.id, viewer: user });
    const blob = post.image && (await ctx.images.get(post.image.name));
    if (!blob) throw new NotFound('The post has no image.', 'image_not_found');
    const { bytes, contentType } = blob;
    // The address stays the same when the image changes or is hidden: whoever keeps it asks again each time.
    const cacheControl = post.visibility === 'public' ? 'public, no-cache' : 'private, no-cache';
    return sendBytes({ bytes, contentType, etag: `"${post.image?.name ?? ''}"`, cacheControl }, headers);
  },
});
