import type { Settings } from './settings.ts';

/** The pictures of a user: names of their blobs, never used for others. */
export type Avatar = { name: string; thumbnail: string };

/** What a user says of themselves; null where they say nothing. */
export type ProfileFields = {
  nickname: string | null;
  bio: string | null;
  location: string | null;
  website: string | null;
};

export type Profile = ProfileFields & {
  /** The user's id. */
  id: string;
  /** The names are copied from `auth`, in the order of `usernameRevision`. */
  username: string;
  firstName: string;
  lastName: string;
  usernameRevision: number;
  avatar: Avatar | null;
  settings: Settings;
  /** Copied from `subscription`. */
  followersCount: number;
  followingCount: number;
  createdAt: Date;
  updatedAt: Date;
  /** Grows by one with each change of fields, avatar or settings. */
  revision: number;
  /** Grows with each change of anything, copies included: by it a kept profile is known to be old. */
  version: number;
};

/** What an owner or an admin changes. */
export type ProfileChange = Partial<ProfileFields> & { avatar?: Avatar | null; settings?: Settings };

/** Where an avatar is served. The address stays the same when the image changes. */
export const avatarPath = ({ id, avatar }: Pick<Profile, 'id' | 'avatar'>): string | null =>
  avatar && `/api/profiles/${id}/avatar`;
