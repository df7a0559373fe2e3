import { id, timestamp, visibility } from '@commons/contracts';
import { publicUrl } from '@commons/platform';
import { z } from 'zod';
import { avatarPath, type Profile } from '../domain/profile.ts';
import type { SeenProfile } from '../use-cases/read-profile.ts';

/** What everybody may see of anybody. */
const shortView = z.object({
  id,
  username: z.string(),
  nickname: z.string().nullable(),
  avatar_url: z.url().nullable(),
});

/** A profile as those see it who may. */
export const profileView = z.object({
  id,
  username: z.string(),
  nickname: z.string().nullable(),
  first_name: z.string(),
  last_name: z.string(),
  bio: z.string().nullable(),
  location: z.string().nullable(),
  website: z.string().nullable(),
  avatar_url: z.url().nullable(),
  visibility,
  followers_count: z.int(),
  following_count: z.int(),
  created_at: timestamp,
  updated_at: timestamp,
});

/** A profile as whoever asks may see it. */
export const seenView = z.union([profileView, shortView]);

export const toSeenView = ({ profile, isWhole }: SeenProfile): z.infer<typeof seenView> =>
  isWhole ? toProfileView(profile) : toShortView(profile);

export const toProfileView = (profile: Profile): z.infer<typeof profileView> => ({
  ...toShortView(profile),
  first_name: profile.firstName,
  last_name: profile.lastName,
  bio: profile.bio,
  location: profile.location,
  website: profile.website,
  visibility: profile.settings.profileVisibility,
  followers_count: profile.followersCount,
  following_count: profile.followingCount,
  created_at: profile.createdAt.toISOString(),
  updated_at: profile.updatedAt.toISOString(),
});

function toShortView(profile: Profile): z.infer<typeof shortView> {
  const path = avatarPath(profile);
  const { id, username, nickname } = profile;
  return { id, username, nickname, avatar_url: path && publicUrl(path) };
}
