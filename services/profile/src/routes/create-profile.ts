import { text } from '@commons/contracts';
import { created } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { createProfile } from '../use-cases/create-profile.ts';
import { profileBody, toProfileBody } from './profile-body.ts';

export const createProfileRoute = route({
  method: 'POST',
  path: '/api/profiles',
  summary: 'Make a profile',
  access: 'user',
  body: z.object({ title: text({ min: 1, max: 255, trim: true }) }),
  answers: { 201: profileBody },
  handler: async ({ ctx, body, user }) => {
    const made = await createProfile(ctx, { ownerId: user.id, title: body.title });
    return created(toProfileBody(made), `/api/profiles/${made.id}`);
  },
});
