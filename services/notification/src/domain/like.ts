import type { TargetKey } from './target.ts';

/** A like or its end, as `like` told of it. */
export type LikeNews = {
  target: TargetKey;
  postId: string;
  /** Missing where the post itself is liked. */
  commentId?: string;
  /** Whose post or comment it is. */
  recipientId: string;
  actor: { id: string; username: string };
  /** Order of the changes to the likes of this target. */
  revision: number;
};

/** The latest that is known of somebody and a target. */
export type KnownLike = {
  postId: string;
  target: TargetKey;
  actorId: string;
  revision: number;
  isLiked: boolean;
  /** The notification that tells of it, or that told of it before it was taken back. */
  groupId: string | null;
};
