import { onCommentCreated } from './on-comment-created.ts';
import { onCommentDeleted } from './on-comment-deleted.ts';
import { onPostLiked } from './on-post-liked.ts';
import { onPostUnliked } from './on-post-unliked.ts';
import { onUserDeleted } from './on-user-deleted.ts';
import { onUserProfileUpdated } from './on-user-profile-updated.ts';

/** The events that `post` takes. */
export const subscriptions = [
  onPostLiked,
  onPostUnliked,
  onCommentCreated,
  onCommentDeleted,
  onUserProfileUpdated,
  onUserDeleted,
];
