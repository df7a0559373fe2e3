import { commentLiked, commentUnliked, postLiked, postUnliked } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { Target, TargetDetails } from '../domain/target.ts';

export type LikeChange = {
  target: Target;
  details: TargetDetails;
  liker: { id: string; username: string };
  isLiked: boolean;
  /** The number of likes after the change, and its place in the order of changes. */
  count: number;
  revision: number;
};

/** Tells of a like that was given or taken back. */
export function emitLikeChange(
  { target, details, liker, isLiked, count, revision }: LikeChange,
  tx: Transaction,
): void {
  const change = { post_id: details.postId, user_id: liker.id, username: liker.username, likes_count: count, revision };
  if (target.type === 'post') {
    const data = { ...change, post_author_id: details.authorId, post_title: details.title };
    tx.emit(isLiked ? postLiked : postUnliked, target.id, data);
  } else {
    const data = { ...change, comment_id: target.id, comment_author_id: details.authorId };
    tx.emit(isLiked ? commentLiked : commentUnliked, target.id, data);
  }
}
