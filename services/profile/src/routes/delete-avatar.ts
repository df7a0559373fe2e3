import { noContent } from '@commons/platform';
import { route } from '../context.ts';
import { removeAvatar } from '../use-cases/set-avatar.ts';
import { profilePath } from './profile-path.ts';

export const deleteAvatar = route({
  method: 'DELETE',
  path: '/api/profiles/:id/avatar',
  summary: 'Takes the own avatar away',
  access: 'user',
  params: profilePath,
  answers: { 204: null },
  errors: [403, 404, 503],
  handler: async ({ ctx, params, user }) => {
    await removeAvatar(ctx, { profileId: params.id, user });
    return noContent();
  },
});
