import { messagesFrom, visibility } from '@commons/contracts';
import { z } from 'zod';
import { themes, type Settings } from '../domain/settings.ts';

/** Settings as their owner sees them. */
export const settingsView = z.object({
  locale: z.string(),
  timezone: z.string(),
  theme: z.enum(themes),
  profile_visibility: visibility,
  allow_messages_from: messagesFrom,
  show_online: z.boolean(),
});

export const toSettingsView = (settings: Settings): z.infer<typeof settingsView> => ({
  locale: settings.locale,
  timezone: settings.timezone,
  theme: settings.theme,
  profile_visibility: settings.profileVisibility,
  allow_messages_from: settings.allowMessagesFrom,
  show_online: settings.showOnline,
});
