import { id } from '@commons/contracts';
import { noContent } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { deleteComment as remove } from '../use-cases/delete-comment.ts';

export const deleteComment = route({
  method: 'DELETE',
  path: '/api/comments/:id',
  summary: 'Deletes a comment, for its author and admins; one that was answered leaves its place',
  access: 'user',
  params: z.object({ id }),
  answers: { 204: null },
  errors: [403, 404, 412],
  handler: async ({ ctx, params, user, headers }) => {
    await remove(ctx, { id: params.id, user, ifMatch: headers['if-match'] });
    return noContent();
  },
});
