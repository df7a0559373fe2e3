import { isAdmin, type User } from '@commons/platform';
import type { Post } from './post.ts';

/** Who looks, as far as it matters here. */
export type Viewer = Pick<User, 'id' | 'roles'>;

/** What is between a viewer and an author: whether the viewer follows the author, and whether one of them blocks the other. */
export type Relation = { isFollower: boolean; isApart: boolean };

/** Somebody who neither follows the author nor blocks or is blocked. */
export const STRANGER: Relation = { isFollower: false, isApart: false };

/** Whether somebody may see a post; `undefined` is somebody who is not signed in. */
export function canSee(
  post: Pick<Post, 'authorId' | 'visibility'>,
  viewer: Viewer | undefined,
  { isFollower, isApart }: Relation = STRANGER,
): boolean {
  if (canChange(post, viewer)) return true;
  if (isApart) return false;
  return post.visibility === 'public' || (post.visibility === 'followers' && isFollower);
}

/** Whether somebody may change or remove a post. */
export function canChange(post: Pick<Post, 'authorId'>, viewer: Viewer | undefined): boolean {
  return viewer?.id === post.authorId || isAdmin(viewer);
}
