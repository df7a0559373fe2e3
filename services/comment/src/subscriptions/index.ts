import { onCommentLiked } from './on-comment-liked.ts';
import { onCommentUnliked } from './on-comment-unliked.ts';
import { onPostCreated } from './on-post-created.ts';
import { onPostDeleted } from './on-post-deleted.ts';
import { onPostUpdated } from './on-post-updated.ts';
import { onUserBlocked } from './on-user-blocked.ts';
import { onUserDeleted } from './on-user-deleted.ts';
import { onUserProfileUpdated } from './on-user-profile-updated.ts';
import { onUserUnblocked } from './on-user-unblocked.ts';

export const subscriptions = [
  onPostCreated,
  onPostUpdated,
  onPostDeleted,
  onCommentLiked,
  onCommentUnliked,
  onUserProfileUpdated,
  onUserDeleted,
  onUserBlocked,
  onUserUnblocked,
];
