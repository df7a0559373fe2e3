import type { User } from '@commons/platform';
import type { LikeAction, Likes } from '../clients/likes.ts';
import type { PostCounts } from '../data/post-counts.ts';
import type { PostStore } from '../data/post-store.ts';
import type { Relations } from './find-relation.ts';
import { findVisiblePost } from './find-visible-post.ts';

type Parts = Relations & { posts: PostStore; likes: Likes; likesCounts: PostCounts };

export type SetPostLike = { postId: string; user: User; action: LikeAction };

/** Likes a post or takes the like back. The count here follows at once, not only when the event comes. */
export async function setPostLike(
  parts: Parts,
  { postId, user, action }: SetPostLike,
): Promise<{ liked: boolean; count: number }> {
  const post = await findVisiblePost(parts, { postId, viewer: user });
  const { liked, count, revision } = await parts.likes.set(post, action);
  if (revision !== undefined) await parts.likesCounts.follow({ postId, count, revision });
  return { liked, count };
}
