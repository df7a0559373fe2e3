import { isAdmin, type User } from '@commons/platform';
import type { Post } from './post.ts';

/** Who looks, as far as it matters here. */
export type Viewer = Pick<User, 'id' | 'roles'>;

/**
 * Whether somebody may see a post; `undefined` is somebody who is not signed in.
 * @param isFollower whether the viewer follows its author.
 */
export function canSee(
  post: Pick<Post, 'authorId' | 'visibility'>,
  viewer: Viewer | undefined,
  isFollower = false,
): boolean {
  if (post.visibility === 'public' || canChange(post, viewer)) return true;
  return post.visibility === 'followers' && isFollower;
}

/** Whether somebody may change or remove a post. */
export function canChange(post: Pick<Post, 'authorId'>, viewer: Viewer | undefined): boolean {
  return viewer?.id === post.authorId || isAdmin(viewer);
}
