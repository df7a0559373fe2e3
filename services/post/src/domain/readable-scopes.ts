import { visibility, type Visibility } from '@commons/contracts';
import { isAdmin, type User } from '@commons/platform';

/** Posts of one visibility, and of one author where that is said: what one index lists in order. */
export type Scope = { visibility: Visibility; authorId?: string };

const hidden = visibility.options.filter((option) => option !== 'public');

/**
 * The scopes that together hold what somebody may list: `canSee` for whole lists. No post is in two of them.
 * @param authorId only the posts of this author.
 */
export function readableScopes(viewer: User | undefined, authorId?: string): Scope[] {
  const isAuthor = viewer !== undefined && viewer.id === authorId;
  if (isAdmin(viewer) || isAuthor) return visibility.options.map((option) => scope(option, authorId));
  const open = scope('public', authorId);
  if (viewer === undefined || authorId !== undefined) return [open];
  return [open, ...hidden.map((option) => scope(option, viewer.id))];
}

const scope = (option: Visibility, authorId: string | undefined): Scope => ({
  visibility: option,
  ...(authorId !== undefined && { authorId }),
});
