import { onApplicationStatusChanged } from './on-application-status-changed.ts';
import { onApplicationSubmitted } from './on-application-submitted.ts';
import { onChatRead } from './on-chat-read.ts';
import { onCommentCreated } from './on-comment-created.ts';
import { onCommentDeleted } from './on-comment-deleted.ts';
import { onCommentLiked } from './on-comment-liked.ts';
import { onCommentUnliked } from './on-comment-unliked.ts';
import { onMessageDeleted } from './on-message-deleted.ts';
import { onMessageSent } from './on-message-sent.ts';
import { onParticipantAdded } from './on-participant-added.ts';
import { onParticipantRemoved } from './on-participant-removed.ts';
import { onPostDeleted } from './on-post-deleted.ts';
import { onPostLiked } from './on-post-liked.ts';
import { onPostUnliked } from './on-post-unliked.ts';
import { onProjectDeleted } from './on-project-deleted.ts';
import { onSubscriptionRemoved } from './on-subscription-removed.ts';
import { onSubscriptionRequestAccepted } from './on-subscription-request-accepted.ts';
import { onSubscriptionRequestDeclined } from './on-subscription-request-declined.ts';
import { onSubscriptionRequestSent } from './on-subscription-request-sent.ts';
import { onUserBlocked } from './on-user-blocked.ts';
import { onUserDeleted } from './on-user-deleted.ts';
import { onUserProfileUpdated } from './on-user-profile-updated.ts';
import { onUserUnblocked } from './on-user-unblocked.ts';

export const subscriptions = [
  onPostLiked,
  onPostUnliked,
  onCommentLiked,
  onCommentUnliked,
  onCommentCreated,
  onCommentDeleted,
  onPostDeleted,
  onSubscriptionRequestSent,
  onSubscriptionRequestAccepted,
  onSubscriptionRequestDeclined,
  onSubscriptionRemoved,
  onUserBlocked,
  onUserUnblocked,
  onApplicationSubmitted,
  onApplicationStatusChanged,
  onProjectDeleted,
  onMessageSent,
  onMessageDeleted,
  onChatRead,
  onParticipantAdded,
  onParticipantRemoved,
  onUserProfileUpdated,
  onUserDeleted,
];
