import { entityTag, ok } from '@commons/platform';
import { route } from '../context.ts';
import { changePost } from '../use-cases/change-post.ts';
import { partialPostBody, readTags } from './post-body.ts';
import { postPath } from './post-path.ts';
import { postView, toPostView } from './post-view.ts';

export const updatePost = route({
  method: 'PATCH',
  path: '/api/posts/:id',
  summary: 'Changes parts of a post; `image: null` removes its image',
  access: 'user',
  params: postPath,
  body: partialPostBody,
  form: { file: 'image' },
  ruleStatus: 400,
  unsupportedStatus: 400,
  answers: { 200: postView },
  errors: [403, 404, 412],
  handler: async ({ ctx, params, body, file, user, headers }) => {
    const { title, content, content_type: contentType, tags, visibility, image } = body;
    const post = await changePost(ctx, {
      postId: params.id,
      editor: user,
      fields: {
        ...(title !== undefined && { title }),
        ...(content !== undefined && { content }),
        ...(contentType && { contentType }),
        ...(tags !== undefined && { tags: readTags(tags, headers['content-type']) }),
        ...(visibility && { visibility }),
      },
      image: file?.bytes ?? (image === undefined ? 'keep' : 'remove'),
      ifMatch: headers['if-match'],
    });
    const usernames = await ctx.authors.usernames([post.authorId]);
    const view = toPostView({ post, username: usernames.get(post.authorId) ?? '' });
    return ok(view, { etag: entityTag(post.revision, view) });
  },
});
