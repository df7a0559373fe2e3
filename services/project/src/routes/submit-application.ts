import { text } from '@commons/contracts';
import { created } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { MAX_MESSAGE } from '../domain/application.ts';
import { MAX_AMOUNT } from '../domain/project.ts';
import { submitApplication as submit } from '../use-cases/submit-application.ts';
import { applicationView, toApplicationView } from './application-view.ts';
import { projectPath } from './project-path.ts';

export const submitApplication = route({
  method: 'POST',
  path: '/api/projects/:id/applications',
  summary: 'Applies for an open project, once',
  access: 'user',
  params: projectPath,
  body: z.object({
    message: text({ min: 1, max: MAX_MESSAGE, trim: true }).transform((value) => value.toWellFormed()),
    rate: z.number().min(0).max(MAX_AMOUNT).nullish(),
  }),
  answers: { 201: applicationView },
  errors: [403, 404, 409],
  handler: async ({ ctx, params, body: { message, rate }, user }) => {
    const request = { projectId: params.id, applicant: user, message, rate: rate ?? null };
    const { application, project, username } = await submit(ctx, request);
    const names = new Map([[user.id, username]]);
    return created(toApplicationView({ application, project, names }), '/api/projects/applications/mine');
  },
});
