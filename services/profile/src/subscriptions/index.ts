import { onSubscriptionRemoved } from './on-subscription-removed.ts';
import { onSubscriptionRequestAccepted } from './on-subscription-request-accepted.ts';
import { onUserBlocked } from './on-user-blocked.ts';
import { onUserDeleted } from './on-user-deleted.ts';
import { onUserProfileUpdated } from './on-user-profile-updated.ts';
import { onUserRegistered } from './on-user-registered.ts';
import { onUserUnblocked } from './on-user-unblocked.ts';

/** The events that `profile` takes. */
export const subscriptions = [
  onUserRegistered,
  onUserProfileUpdated,
  onUserDeleted,
  onSubscriptionRequestAccepted,
  onSubscriptionRemoved,
  onUserBlocked,
  onUserUnblocked,
];
