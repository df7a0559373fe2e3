import { onNotificationSent } from './on-notification-sent.ts';
import { onPostDeleted } from './on-post-deleted.ts';
import { onPostLiked } from './on-post-liked.ts';
import { onPostUpdated } from './on-post-updated.ts';
import { onSessionRevoked } from './on-session-revoked.ts';
import { onUserDeleted, onUserDeletedErase } from './on-user-deleted.ts';
import { onUserLoggedOut } from './on-user-logged-out.ts';
import { onUserRolesChanged } from './on-user-roles-changed.ts';
import { onUserStatusChanged } from './on-user-status-changed.ts';

/** What `realtime` hears: all on every replica, but for the erasure of what is kept. */
export const subscriptions = [
  onNotificationSent,
  onPostLiked,
  onPostUpdated,
  onPostDeleted,
  onSessionRevoked,
  onUserLoggedOut,
  onUserStatusChanged,
  onUserRolesChanged,
  onUserDeleted,
  onUserDeletedErase,
];
