import { created } from '@commons/platform';
import { route } from '../context.ts';
import { createProject as create } from '../use-cases/create-project.ts';
import { newProjectBody, readFields } from './project-body.ts';
import { present, projectView } from './project-view.ts';

export const createProject = route({
  method: 'POST',
  path: '/api/projects',
  summary: 'Starts a project, as a draft or open to applications',
  access: 'user',
  body: newProjectBody,
  answers: { 201: projectView },
  handler: async ({ ctx, body, user }) => {
    const project = await create(ctx, { owner: user, fields: readFields(body), status: body.status });
    const { view, headers } = await present(ctx, project);
    return created(view, `/api/projects/${project.id}`, headers);
  },
});
