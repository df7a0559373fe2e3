import { ok } from '@commons/platform';
import { route } from '../context.ts';
import { replaceProject as replace } from '../use-cases/replace-project.ts';
import { projectBody, readFields } from './project-body.ts';
import { projectPath } from './project-path.ts';
import { present, projectView } from './project-view.ts';

export const replaceProject = route({
  method: 'PUT',
  path: '/api/projects/:id',
  summary: 'Writes a project anew; what is left out is cleared, its status stays',
  access: 'user',
  params: projectPath,
  body: projectBody,
  answers: { 200: projectView },
  errors: [403, 404, 412],
  handler: async ({ ctx, params, body, user, headers }) => {
    const project = await replace(ctx, {
      projectId: params.id,
      userId: user.id,
      fields: readFields(body),
      ifMatch: headers['if-match'],
    });
    const presented = await present(ctx, project);
    return ok(presented.view, presented.headers);
  },
});
