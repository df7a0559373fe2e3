import { created, entityTag } from '@commons/platform';
import { route } from '../context.ts';
import { createPost as publish } from '../use-cases/create-post.ts';
import { newPostBody, readTags } from './post-body.ts';
import { newPostView, toPostView } from './post-view.ts';

export const createPost = route({
  method: 'POST',
  path: '/api/posts',
  summary: 'Publishes a post, as JSON or as a form with an image',
  access: 'user',
  body: newPostBody,
  form: { file: 'image' },
  ruleStatus: 400,
  unsupportedStatus: 400,
  answers: { 201: newPostView },
  handler: async ({ ctx, body, file, user, headers }) => {
    const { title, content, content_type: contentType, visibility } = body;
    const tags = readTags(body.tags, headers['content-type']);
    const fields = { title, content, contentType, visibility, tags };
    const post = await publish(ctx, { author: user, fields, image: file?.bytes });
    const view = { ...toPostView({ post, username: user.username }), author: post.authorId };
    return created(view, `/api/posts/${post.id}`, { etag: entityTag(post.revision, view) });
  },
});
