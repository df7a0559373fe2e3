import { isAdmin, type User } from '@commons/platform';
import type { Person } from './person.ts';

/** Who looks, as far as it matters here. */
export type Viewer = Pick<User, 'id' | 'roles'>;

/**
 * Whether somebody may see whom a user follows, and who follows the user: whoever may see the profile. `undefined` is somebody who
 * is not signed in.
 * @param isFollower whether the viewer follows that user.
 */
export function canSeeLists(
  person: Pick<Person, 'id' | 'visibility'>,
  viewer: Viewer | undefined,
  isFollower: boolean,
): boolean {
  if (person.visibility === 'public' || viewer?.id === person.id || isAdmin(viewer)) return true;
  return person.visibility === 'followers' && isFollower;
}
