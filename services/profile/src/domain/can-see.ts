import { isAdmin, type User } from '@commons/platform';
import type { Profile } from './profile.ts';

/** Who looks, as far as it matters here. */
export type Viewer = Pick<User, 'id' | 'roles'>;

/**
 * Whether somebody may see a whole profile; `undefined` is somebody who is not signed in.
 * @param isFollower whether the viewer is an accepted follower of its owner.
 */
export function canSee(
  profile: Pick<Profile, 'id' | 'settings'>,
  viewer: Viewer | undefined,
  isFollower: boolean,
): boolean {
  const { profileVisibility } = profile.settings;
  if (profileVisibility === 'public' || canChange(profile, viewer)) return true;
  return profileVisibility === 'followers' && isFollower;
}

/** Whether somebody may change what a profile says. */
export function canChange({ id }: Pick<Profile, 'id'>, viewer: Viewer | undefined): boolean {
  return viewer?.id === id || isAdmin(viewer);
}
