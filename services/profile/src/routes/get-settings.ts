import { ok } from '@commons/platform';
import { route } from '../context.ts';
import { readSettings } from '../use-cases/change-settings.ts';
import { profilePath } from './profile-path.ts';
import { settingsView, toSettingsView } from './settings-view.ts';

export const getSettings = route({
  method: 'GET',
  path: '/api/profiles/:id/settings',
  summary: 'The own settings',
  access: 'user',
  params: profilePath,
  answers: { 200: settingsView },
  errors: [403, 404, 503],
  handler: async ({ ctx, params, user }) => ok(toSettingsView(await readSettings(ctx, { profileId: params.id, user }))),
});
