import { id, text } from '@commons/contracts';
import { entityTag, ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { MAX_CONTENT } from '../domain/comment.ts';
import { editComment as edit } from '../use-cases/edit-comment.ts';
import { commentElement, presentComment } from './comment-element.ts';

export const editComment = route({
  method: 'PUT',
  path: '/api/comments/:id',
  summary: 'Changes what a comment says; for its author and admins',
  access: 'user',
  params: z.object({ id }),
  body: z.object({ content: text({ min: 1, max: MAX_CONTENT, trim: true }) }),
  ruleStatus: 400,
  unsupportedStatus: 400,
  answers: { 200: commentElement },
  errors: [403, 404, 412],
  handler: async ({ ctx, params, body, user, headers }) => {
    const content = body.content.toWellFormed();
    const comment = await edit(ctx, { id: params.id, content, user, ifMatch: headers['if-match'] });
    const names = await ctx.authors.usernames(comment.authorId === null ? [] : [comment.authorId]);
    const answer = presentComment(comment, names);
    return ok(answer, { etag: entityTag(comment.revision, answer) });
  },
});
