import type { Profile } from '../domain/profile.ts';
import type { ProfileDocument } from './profile-model.ts';

/** What makes a document a profile that is there: `auth` has told of the user, and not of the end. */
export const THERE = { created_at: { $ne: null }, erased_at: null } as const;

/** A stored profile as the rest of the service knows it; undefined where it is none yet, or no more. */
export function toProfile(stored: ProfileDocument | null): Profile | undefined {
  if (!stored?.created_at || stored.erased_at) return undefined;
  const { settings } = stored;
  return {
    id: stored._id.toHexString(),
    username: stored.username,
    firstName: stored.first_name,
    lastName: stored.last_name,
    usernameRevision: stored.username_revision,
    nickname: stored.nickname,
    bio: stored.bio,
    location: stored.location,
    website: stored.website,
    avatar: stored.avatar && { name: stored.avatar.name, thumbnail: stored.avatar.thumbnail },
    settings: {
      locale: settings.locale,
      timezone: settings.timezone,
      theme: settings.theme,
      profileVisibility: settings.profile_visibility,
      allowMessagesFrom: settings.allow_messages_from,
      showOnline: settings.show_online,
    },
    followersCount: stored.followers_count,
    followingCount: stored.following_count,
    createdAt: stored.created_at,
    updatedAt: stored.updated_at ?? stored.created_at,
    revision: stored.revision,
    version: stored.version,
  };
}
