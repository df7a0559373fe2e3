import { entityTag, ok } from '@commons/platform';
import { route } from '../context.ts';
import { readProfile } from '../use-cases/read-profile.ts';
import { profilePath } from './profile-path.ts';
import { seenView, toSeenView } from './profile-view.ts';

export const getProfile = route({
  method: 'GET',
  path: '/api/profiles/:id',
  summary: 'The profile of a user; whoever may not see it gets id, names and avatar alone',
  access: 'anyone',
  params: profilePath,
  answers: { 200: seenView },
  errors: [404, 503],
  handler: async ({ ctx, params, user }) => {
    const seen = await readProfile(ctx, { profileId: params.id, viewer: user });
    const view = toSeenView(seen);
    return ok(view, { etag: entityTag(seen.profile.revision, view) });
  },
});
