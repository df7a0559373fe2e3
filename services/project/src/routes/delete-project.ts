import { noContent } from '@commons/platform';
import { route } from '../context.ts';
import { deleteProject as remove } from '../use-cases/delete-project.ts';
import { projectPath } from './project-path.ts';

export const deleteProject = route({
  method: 'DELETE',
  path: '/api/projects/:id',
  summary: 'Removes a project; its applications and members go with it',
  access: 'user',
  params: projectPath,
  answers: { 204: null },
  errors: [403, 404, 412],
  handler: async ({ ctx, params, user, headers }) => {
    await remove(ctx, { projectId: params.id, userId: user.id, ifMatch: headers['if-match'] });
    return noContent();
  },
});
