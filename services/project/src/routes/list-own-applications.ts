import { applicationStatus } from '@commons/contracts';
import { ok, pageQuery } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { applicationList, presentApplications } from './application-list.ts';

export const listOwnApplications = route({
  method: 'GET',
  path: '/api/projects/applications/mine',
  summary: "A user's own applications, latest first, by page or by cursor",
  access: 'user',
  query: z.object({ ...pageQuery, status: applicationStatus.optional() }),
  answers: { 200: applicationList },
  handler: async ({ ctx, query: { status, ...part }, user, url }) => {
    const hidden = await ctx.blocks.hiddenFrom(user.id);
    return ok(await presentApplications(ctx, { applicantId: user.id, status, hidden }, { ...part, url }));
  },
});
