import { onUserBlocked } from './on-user-blocked.ts';
import { onUserDeleted } from './on-user-deleted.ts';
import { onUserProfileUpdated } from './on-user-profile-updated.ts';
import { onUserUnblocked } from './on-user-unblocked.ts';

/** The events that `project` takes. */
export const subscriptions = [onUserProfileUpdated, onUserDeleted, onUserBlocked, onUserUnblocked];
