import type { commentLiked, postLiked } from '@commons/contracts';
import type { LikeNews } from './like.ts';
import { commentTarget, postTarget } from './target.ts';
import type { z } from 'zod';

type OfPost = z.output<(typeof postLiked)['data']>;
type OfComment = z.output<(typeof commentLiked)['data']>;

/** What an event about the like of a post tells. */
export const likeOfPost = ({ post_id, post_author_id, user_id, username, revision }: OfPost): LikeNews => ({
  target: postTarget(post_id),
  postId: post_id,
  recipientId: post_author_id,
  actor: { id: user_id, username },
  revision,
});

/** What an event about the like of a comment tells. */
export const likeOfComment = (data: OfComment): LikeNews => ({
  target: commentTarget(data.comment_id),
  postId: data.post_id,
  commentId: data.comment_id,
  recipientId: data.comment_author_id,
  actor: { id: data.user_id, username: data.username },
  revision: data.revision,
});

/** A like writes to what is kept of the post, and to what is kept of who likes it. */
export const turnsOfLike = ({ post_id, user_id }: Pick<OfPost, 'post_id' | 'user_id'>): string[] => [
  post_id,
  `actor:${user_id}`,
];
