import { onUserDeleted } from './on-user-deleted.ts';
import { onUserProfileUpdated } from './on-user-profile-updated.ts';
import { onUserRegistered } from './on-user-registered.ts';

/** The events that `subscription` takes. */
export const subscriptions = [onUserRegistered, onUserProfileUpdated, onUserDeleted];
