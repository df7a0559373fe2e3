import { text } from '@commons/contracts';
import { created } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { createProject } from '../use-cases/create-project.ts';
import { projectBody, toProjectBody } from './project-body.ts';

export const createProjectRoute = route({
  method: 'POST',
  path: '/api/projects',
  summary: 'Make a project',
  access: 'user',
  body: z.object({ title: text({ min: 1, max: 255, trim: true }) }),
  answers: { 201: projectBody },
  handler: async ({ ctx, body, user }) => {
    const made = await createProject(ctx, { ownerId: user.id, title: body.title });
    return created(toProjectBody(made), `/api/projects/${made.id}`);
  },
});
