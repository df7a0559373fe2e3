import { id, text, timestamp } from '@commons/contracts';
import { created, entityTag } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { MAX_CONTENT } from '../domain/comment.ts';
import { createComment as createCommentOn } from '../use-cases/create-comment.ts';

const newComment = z.object({
  id,
  post_id: id,
  author: id,
  content: z.string(),
  created_at: timestamp,
  parent: id.nullable(),
});

export const createComment = route({
  method: 'POST',
  path: '/api/comments',
  summary: 'Comments on a post, or answers a comment on it',
  access: 'user',
  body: z.object({ post_id: id, content: text({ min: 1, max: MAX_CONTENT, trim: true }), parent: id.nullish() }),
  ruleStatus: 400,
  unsupportedStatus: 400,
  answers: { 201: newComment },
  errors: [404],
  handler: async ({ ctx, body, user }) => {
    const comment = await createCommentOn(ctx, {
      postId: body.post_id,
      content: body.content.toWellFormed(),
      parentId: body.parent ?? undefined,
      user,
    });
    const answer = {
      id: comment.id,
      post_id: comment.postId,
      author: user.id,
      content: comment.content ?? '',
      created_at: comment.createdAt.toISOString(),
      parent: comment.parentId,
    };
    const etag = entityTag(comment.revision, answer);
    return created(answer, `/api/comments?post_id=${comment.postId}`, { etag });
  },
});
