import { onCommentCreated } from './on-comment-created.ts';
import { onCommentDeleted } from './on-comment-deleted.ts';
import { onCommentLiked } from './on-comment-liked.ts';
import { onCommentUnliked } from './on-comment-unliked.ts';
import { onPostDeleted } from './on-post-deleted.ts';
import { onPostLiked } from './on-post-liked.ts';
import { onPostUnliked } from './on-post-unliked.ts';
import { onUserDeleted } from './on-user-deleted.ts';
import { onUserProfileUpdated } from './on-user-profile-updated.ts';

export const subscriptions = [
  onPostLiked,
  onPostUnliked,
  onCommentLiked,
  onCommentUnliked,
  onCommentCreated,
  onCommentDeleted,
  onPostDeleted,
  onUserProfileUpdated,
  onUserDeleted,
];
