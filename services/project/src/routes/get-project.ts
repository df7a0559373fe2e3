import { ok } from '@commons/platform';
import { route } from '../context.ts';
import { findVisibleProject } from '../use-cases/find-visible-project.ts';
import { projectPath } from './project-path.ts';
import { present, projectView } from './project-view.ts';

export const getProject = route({
  method: 'GET',
  path: '/api/projects/:id',
  summary: 'A project; a draft for its owner only',
  access: 'anyone',
  params: projectPath,
  answers: { 200: projectView },
  errors: [404],
  handler: async ({ ctx, params, user }) => {
    const { view, headers } = await present(
      ctx,
      await findVisibleProject(ctx, { projectId: params.id, viewerId: user?.id }),
    );
    return ok(view, headers);
  },
});
