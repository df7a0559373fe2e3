import { id } from '@commons/contracts';
import { NotFound, ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { projectBody, toProjectBody } from './project-body.ts';

export const getProjectRoute = route({
  method: 'GET',
  path: '/api/projects/:id',
  summary: "Read one's own project",
  access: 'user',
  params: z.object({ id }),
  answers: { 200: projectBody },
  errors: [404],
  handler: async ({ ctx, params, user }) => {
    const found = await ctx.projects.find(params.id);
    if (found?.ownerId !== user.id) throw new NotFound('There is no such project.', 'project_not_found');
    return ok(toProjectBody(found));
  },
});
