import type { User } from '@commons/platform';
import { NotYourProfile } from '../domain/profile-errors.ts';
import type { Settings } from '../domain/settings.ts';
import { applyChange, requireProfile, type changeProfile } from './change-profile.ts';
import { readProfile } from './read-profile.ts';

type Parts = Parameters<typeof changeProfile>[0];

/** What is left out stays. */
export type ChangeSettings = { profileId: string; user: User; change: Partial<Settings> };

/** Changes how the product is for a user, and what others may see. @throws ProfileNotFound, NotYourProfile */
export async function changeSettings(parts: Parts, { profileId, user, change }: ChangeSettings): Promise<Settings> {
  await readSettings(parts, { profileId, user });
  const { settings } = await parts.transaction(async (tx) => {
    const before = await requireProfile(parts, profileId, tx);
    return applyChange(parts, before, { settings: { ...before.settings, ...change } }, tx);
  });
  return settings;
}

/** The settings for their owner, and for nobody else, admins included. @throws ProfileNotFound, NotYourProfile */
export async function readSettings(
  parts: Parameters<typeof readProfile>[0],
  { profileId, user }: { profileId: string; user: User },
): Promise<Settings> {
  const { profile } = await readProfile(parts, { profileId, viewer: user });
  if (user.id !== profileId) throw new NotYourProfile();
  return profile.settings;
}
