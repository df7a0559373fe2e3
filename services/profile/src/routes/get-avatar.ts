import { sendBytes } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { AvatarNotFound } from '../domain/profile-errors.ts';
import { findProfile } from '../use-cases/find-profile.ts';
import { profilePath } from './profile-path.ts';

export const getAvatar = route({
  method: 'GET',
  path: '/api/profiles/:id/avatar',
  summary: "A user's avatar, in full or as a small square, for everybody",
  access: 'public',
  params: profilePath,
  query: z.object({ size: z.enum(['original', 'thumb']).default('original') }),
  answers: { 200: 'image/*', 206: 'image/*', 304: null },
  errors: [404, 416, 503],
  handler: async ({ ctx, params, query, headers }) => {
    const { avatar } = await findProfile(ctx, params.id);
    const name = avatar && (query.size === 'thumb' ? avatar.thumbnail : avatar.name);
    const blob = name === null ? undefined : await ctx.avatars.get(name);
    if (!blob) throw new AvatarNotFound();
    const { bytes, contentType } = blob;
    // The address stays the same when the avatar changes or goes: whoever keeps it asks again each time.
    return sendBytes({ bytes, contentType, etag: `"${name}"`, cacheControl: 'public, no-cache' }, headers);
  },
});
