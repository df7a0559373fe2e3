import { onChatCreated } from './on-chat-created.ts';
import { onChatRead } from './on-chat-read.ts';
import { onMessageDeleted } from './on-message-deleted.ts';
import { onMessageEdited } from './on-message-edited.ts';
import { onMessageSent } from './on-message-sent.ts';
import { onNotificationSent } from './on-notification-sent.ts';
import { onParticipantAdded } from './on-participant-added.ts';
import { onParticipantRemoved } from './on-participant-removed.ts';
import { onPostDeleted } from './on-post-deleted.ts';
import { onPostLiked } from './on-post-liked.ts';
import { onPostUpdated } from './on-post-updated.ts';
import { onPresenceChanged } from './on-presence-changed.ts';
import { onSessionRevoked } from './on-session-revoked.ts';
import { onSubscriptionRemoved } from './on-subscription-removed.ts';
import { onTypingStarted } from './on-typing-started.ts';
import { onUserBlocked } from './on-user-blocked.ts';
import { onUserDeleted, onUserDeletedErase } from './on-user-deleted.ts';
import { onUserLoggedOut } from './on-user-logged-out.ts';
import { onUserProfileUpdated } from './on-user-profile-updated.ts';
import { onUserRolesChanged } from './on-user-roles-changed.ts';
import { onUserStatusChanged } from './on-user-status-changed.ts';
import { onUserUnblocked } from './on-user-unblocked.ts';

/** What `realtime` hears: all on every replica, but for what is kept of users. */
export const subscriptions = [
  onMessageSent,
  onMessageEdited,
  onMessageDeleted,
  onChatRead,
  onChatCreated,
  onParticipantAdded,
  onParticipantRemoved,
  onTypingStarted,
  onPresenceChanged,
  onNotificationSent,
  onPostLiked,
  onPostUpdated,
  onPostDeleted,
  onUserBlocked,
  onUserUnblocked,
  onSubscriptionRemoved,
  onSessionRevoked,
  onUserLoggedOut,
  onUserStatusChanged,
  onUserRolesChanged,
  onUserDeleted,
  onUserDeletedErase,
  onUserProfileUpdated,
];
