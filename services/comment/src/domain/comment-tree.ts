import type { Comment } from './comment.ts';

/** A comment with those that answer it, oldest first. */
export type Branch = { comment: Comment; replies: Branch[] };

/** How deep answers nest. What answers a comment at this depth stands beside it: nothing is lost, and nothing is deeper. */
const MAX_DEPTH = 10;

type Place = { branch: Branch; depth: number; siblings: Branch[] };

/**
 * Nests comments below those that they answer.
 * @param tops comments that answer the post itself.
 * @param replies all others of their branches, oldest first, so that none comes before the one that it answers.
 */
export function growTree(tops: Comment[], replies: Comment[], maxDepth = MAX_DEPTH): Branch[] {
  const roots: Branch[] = [];
  const places = new Map<string, Place>();
  const put = (comment: Comment, siblings: Branch[], depth: number): void => {
    const branch = { comment, replies: [] };
    siblings.push(branch);
    places.set(comment.id, { branch, depth, siblings });
  };
  for (const top of tops) put(top, roots, 1);
  for (const reply of replies) {
    const place = places.get(reply.parentId ?? '') ?? places.get(reply.topId ?? '');
    if (!place) continue;
    if (place.depth < maxDepth) put(reply, place.branch.replies, place.depth + 1);
    else put(reply, place.siblings, place.depth);
  }
  return roots;
}
