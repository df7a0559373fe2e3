import { projectStatus } from '@commons/contracts';
import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { moveProject as move } from '../use-cases/move-project.ts';
import { projectPath } from './project-path.ts';
import { present, projectView } from './project-view.ts';

export const moveProject = route({
  method: 'POST',
  path: '/api/projects/:id/status',
  summary: 'Brings a project to its next status, or cancels it',
  access: 'user',
  params: projectPath,
  body: z.object({ status: projectStatus }),
  answers: { 200: projectView },
  errors: [403, 404, 409, 412],
  handler: async ({ ctx, params, body, user, headers }) => {
    const project = await move(ctx, {
      projectId: params.id,
      userId: user.id,
      status: body.status,
      ifMatch: headers['if-match'],
    });
    const presented = await present(ctx, project);
    return ok(presented.view, presented.headers);
  },
});
