import { text } from '@commons/contracts';
import { entityTag, ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { isWebAddress } from '../domain/web-address.ts';
import { changeProfile } from '../use-cases/change-profile.ts';
import { profilePath } from './profile-path.ts';
import { profileView, toProfileView } from './profile-view.ts';

/** Nothing said, in whatever way, is null. */
const said = (schema: z.ZodType<string>) =>
  schema.nullish().transform((value) => (value === undefined || value === '' ? null : (value?.toWellFormed() ?? null)));

const profileBody = z.object({
  nickname: said(text({ max: 50, trim: true })),
  bio: said(text({ max: 500, trim: true })),
  location: said(text({ max: 100, trim: true })),
  website: said(
    text({ max: 200, trim: true }).refine((value) => value === '' || isWebAddress(value), 'must be an http(s) URL'),
  ),
});

export const replaceProfile = route({
  method: 'PUT',
  path: '/api/profiles/:id',
  summary: 'Writes a profile anew; what is left out is cleared',
  access: 'user',
  params: profilePath,
  body: profileBody,
  answers: { 200: profileView },
  errors: [403, 404, 412, 503],
  handler: async ({ ctx, params, body, user, headers }) => {
    const change = { profileId: params.id, editor: user, fields: body, ifMatch: headers['if-match'] };
    const profile = await changeProfile(ctx, change);
    const view = toProfileView(profile);
    return ok(view, { etag: entityTag(profile.revision, view) });
  },
});
