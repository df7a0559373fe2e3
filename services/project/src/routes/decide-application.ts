import { id } from '@commons/contracts';
import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { decisions } from '../domain/application.ts';
import { decideApplication as decide } from '../use-cases/decide-application.ts';
import { applicationView, toApplicationView } from './application-view.ts';

export const decideApplication = route({
  method: 'PUT',
  path: '/api/projects/:id/applications/:application_id',
  summary: 'Accepts or rejects an application, as the owner, or withdraws it, as the applicant',
  access: 'user',
  params: z.object({ id, application_id: id }),
  body: z.object({ status: z.enum(decisions) }),
  answers: { 200: applicationView },
  errors: [403, 404, 409],
  handler: async ({ ctx, params, body, user }) => {
    const { id: projectId, application_id: applicationId } = params;
    const decided = await decide(ctx, { projectId, applicationId, userId: user.id, decision: body.status });
    return ok(toApplicationView(decided));
  },
});
