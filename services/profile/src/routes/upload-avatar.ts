import { BadRequest, ok, publicUrl } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { setAvatar } from '../use-cases/set-avatar.ts';
import { profilePath } from './profile-path.ts';

export const uploadAvatar = route({
  method: 'POST',
  path: '/api/profiles/:id/avatar',
  summary: 'Sets the own avatar: a form with a jpg or png in `avatar`',
  access: 'user',
  params: profilePath,
  form: { file: 'avatar', only: true },
  answers: { 200: z.object({ avatar_url: z.url(), avatar_thumbnail_url: z.url() }) },
  errors: [403, 404, 422, 503],
  handler: async ({ ctx, params, file, user }) => {
    if (!file)
      throw new BadRequest('avatar: is missing', 'invalid_request', [{ path: 'avatar', message: 'is missing' }]);
    const { id } = await setAvatar(ctx, { profileId: params.id, user, bytes: file.bytes });
    const address = publicUrl(`/api/profiles/${id}/avatar`);
    return ok({ avatar_url: address, avatar_thumbnail_url: `${address}?size=thumb` });
  },
});
