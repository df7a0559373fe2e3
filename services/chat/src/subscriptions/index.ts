import { onMemberAdded } from './on-member-added.ts';
import { onMemberRemoved } from './on-member-removed.ts';
import { onProjectDeleted } from './on-project-deleted.ts';
import { onProjectUpdated } from './on-project-updated.ts';
import { onSubscriptionRemoved } from './on-subscription-removed.ts';
import { onSubscriptionRequestAccepted } from './on-subscription-request-accepted.ts';
import { onUserBlocked } from './on-user-blocked.ts';
import { onUserDeleted } from './on-user-deleted.ts';
import { onUserProfileUpdated } from './on-user-profile-updated.ts';
import { onUserRegistered } from './on-user-registered.ts';
import { onUserUnblocked } from './on-user-unblocked.ts';

/** The events that `chat` takes. */
export const subscriptions = [
  onMemberAdded,
  onMemberRemoved,
  onProjectUpdated,
  onProjectDeleted,
  onSubscriptionRequestAccepted,
  onSubscriptionRemoved,
  onUserBlocked,
  onUserUnblocked,
  onUserRegistered,
  onUserProfileUpdated,
  onUserDeleted,
];
