import type { ProfileReference } from '@commons/contracts';
import { avatarPath, type Profile } from './profile.ts';

/** A profile as other services keep it, and are told of it when it changes. */
export const toReference = (profile: Profile): ProfileReference => ({
  user_id: profile.id,
  nickname: profile.nickname,
  avatar_url: avatarPath(profile),
  visibility: profile.settings.profileVisibility,
  allow_messages_from: profile.settings.allowMessagesFrom,
  show_online: profile.settings.showOnline,
  revision: profile.revision,
});
