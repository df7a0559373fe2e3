import { id } from '@commons/contracts';
import { NotFound, ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { profileBody, toProfileBody } from './profile-body.ts';

export const getProfileRoute = route({
  method: 'GET',
  path: '/api/profiles/:id',
  summary: "Read one's own profile",
  access: 'user',
  params: z.object({ id }),
  answers: { 200: profileBody },
  errors: [404],
  handler: async ({ ctx, params, user }) => {
    const found = await ctx.profiles.find(params.id);
    if (found?.ownerId !== user.id) throw new NotFound('There is no such profile.', 'profile_not_found');
    return ok(toProfileBody(found));
  },
});
