import { messagesFrom, text, visibility } from '@commons/contracts';
import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { canonicalLocale, isTimezone, themes } from '../domain/settings.ts';
import { changeSettings } from '../use-cases/change-settings.ts';
import { profilePath } from './profile-path.ts';
import { settingsView, toSettingsView } from './settings-view.ts';

const locale = text({ max: 100 })
  .refine((value) => canonicalLocale(value) !== undefined, 'must be a BCP 47 language tag')
  .transform((value) => canonicalLocale(value) ?? value);

const settingsBody = z.object({
  locale: locale.optional(),
  timezone: text({ max: 100 }).refine(isTimezone, 'must be a name of the IANA time zone database').optional(),
  theme: z.enum(themes).optional(),
  profile_visibility: visibility.optional(),
  allow_messages_from: messagesFrom.optional(),
  show_online: z.boolean().optional(),
});

export const replaceSettings = route({
  method: 'PUT',
  path: '/api/profiles/:id/settings',
  summary: 'Changes the own settings; what is left out stays, so that nothing is opened by oversight',
  access: 'user',
  params: profilePath,
  body: settingsBody,
  answers: { 200: settingsView },
  errors: [403, 404, 503],
  handler: async ({ ctx, params, body, user }) => {
    const { locale, timezone, theme } = body;
    const { profile_visibility, allow_messages_from, show_online } = body;
    const change = {
      ...(locale !== undefined && { locale }),
      ...(timezone !== undefined && { timezone }),
      ...(theme && { theme }),
      ...(profile_visibility && { profileVisibility: profile_visibility }),
      ...(allow_messages_from && { allowMessagesFrom: allow_messages_from }),
      ...(show_online !== undefined && { showOnline: show_online }),
    };
    return ok(toSettingsView(await changeSettings(ctx, { profileId: params.id, user, change })));
  },
});
