import { isAdmin, type Blocks, type RelationCopies } from '@commons/platform';
import { canSee, type Viewer } from '../domain/can-see.ts';
import { ProfileNotFound } from '../domain/profile-errors.ts';
import type { Profile } from '../domain/profile.ts';
import { findProfile } from './find-profile.ts';

type Parts = Parameters<typeof findProfile>[0] & { follows: RelationCopies; blocks: Blocks };

/** A profile as somebody sees it: the whole of it, or no more than name and picture. */
export type SeenProfile = { profile: Profile; isWhole: boolean };

/** The profile for a viewer. @throws ProfileNotFound, also where one of the two blocks the other. */
export async function readProfile(
  parts: Parts,
  { profileId, viewer }: { profileId: string; viewer: Viewer | undefined },
): Promise<SeenProfile> {
  const profile = await findProfile(parts, profileId);
  if (!isAdmin(viewer) && (await parts.blocks.areApart(viewer?.id, profileId))) throw new ProfileNotFound();
  const isFollower =
    viewer !== undefined &&
    profile.settings.profileVisibility === 'followers' &&
    (await parts.follows.holds(viewer.id, profileId));
  return { profile, isWhole: canSee(profile, viewer, isFollower) };
}
