import { applicationStatus } from '@commons/contracts';
import { ok, pageQuery } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { findOwnProject } from '../use-cases/find-own-project.ts';
import { applicationList, presentApplications } from './application-list.ts';
import { projectPath } from './project-path.ts';

export const listApplications = route({
  method: 'GET',
  path: '/api/projects/:id/applications',
  summary: "Applications to a user's own project, latest first, by page or by cursor",
  access: 'user',
  params: projectPath,
  query: z.object({ ...pageQuery, status: applicationStatus.optional() }),
  answers: { 200: applicationList },
  errors: [403, 404],
  handler: async ({ ctx, params, query: { status, ...part }, user, url }) => {
    const { id: projectId } = await findOwnProject(ctx, { projectId: params.id, userId: user.id });
    const hidden = await ctx.blocks.hiddenFrom(user.id);
    return ok(await presentApplications(ctx, { projectId, status, hidden }, { ...part, url }));
  },
});
