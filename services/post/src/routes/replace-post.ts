import { entityTag, ok } from '@commons/platform';
import { route } from '../context.ts';
import { changePost } from '../use-cases/change-post.ts';
import { readTags, wholePostBody } from './post-body.ts';
import { postPath } from './post-path.ts';
import { postView, toPostView } from './post-view.ts';

export const replacePost = route({
  method: 'PUT',
  path: '/api/posts/:id',
  summary: 'Writes a post anew; its image stays unless another comes or `image` is null',
  access: 'user',
  params: postPath,
  body: wholePostBody,
  form: { file: 'image' },
  ruleStatus: 400,
  unsupportedStatus: 400,
  answers: { 200: postView },
  errors: [403, 404, 412],
  handler: async ({ ctx, params, body, file, user, headers }) => {
    const { title, content, content_type: contentType, visibility, image } = body;
    const tags = readTags(body.tags, headers['content-type']);
    const post = await changePost(ctx, {
      postId: params.id,
      editor: user,
      fields: { title, content, contentType, tags, ...(visibility && { visibility }) },
      image: file?.bytes ?? (image === undefined ? 'keep' : 'remove'),
      ifMatch: headers['if-match'],
    });
    const usernames = await ctx.authors.usernames([post.authorId]);
    const view = toPostView({ post, username: usernames.get(post.authorId) ?? '' });
    return ok(view, { etag: entityTag(post.revision, view) });
  },
});
