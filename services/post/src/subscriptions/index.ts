import { onCommentCreated } from './on-comment-created.ts';
import { onCommentDeleted } from './on-comment-deleted.ts';
import { onPostLiked } from './on-post-liked.ts';
import { onPostUnliked } from './on-post-unliked.ts';
import { onSubscriptionRemoved } from './on-subscription-removed.ts';
import { onSubscriptionRequestAccepted } from './on-subscription-request-accepted.ts';
import { onUserBlocked } from './on-user-blocked.ts';
import { onUserDeleted } from './on-user-deleted.ts';
import { onUserProfileUpdated } from './on-user-profile-updated.ts';
import { onUserUnblocked } from './on-user-unblocked.ts';

/** The events that `post` takes. */
export const subscriptions = [
  onPostLiked,
  onPostUnliked,
  onCommentCreated,
  onCommentDeleted,
  onUserProfileUpdated,
  onUserDeleted,
  onSubscriptionRequestAccepted,
  onSubscriptionRemoved,
  onUserBlocked,
  onUserUnblocked,
];
