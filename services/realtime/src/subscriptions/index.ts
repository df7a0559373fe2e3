import { onNotificationSent } from './on-notification-sent.ts';
import { onPostDeleted } from './on-post-deleted.ts';
import { onPostLiked } from './on-post-liked.ts';
import { onPostUpdated } from './on-post-updated.ts';
import { onSessionRevoked } from './on-session-revoked.ts';
import { onUserDeleted } from './on-user-deleted.ts';
import { onUserLoggedOut } from './on-user-logged-out.ts';

/** What `realtime` hears, on every replica. */
export const subscriptions = [
  onNotificationSent,
  onPostLiked,
  onPostUpdated,
  onPostDeleted,
  onSessionRevoked,
  onUserLoggedOut,
  onUserDeleted,
];
