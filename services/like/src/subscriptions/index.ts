import { onCommentDeleted } from './on-comment-deleted.ts';
import { onPostDeleted } from './on-post-deleted.ts';
import { onUserDeleted } from './on-user-deleted.ts';
import { onUserProfileUpdated } from './on-user-profile-updated.ts';

/** The events that `like` takes. */
export const subscriptions = [onPostDeleted, onCommentDeleted, onUserProfileUpdated, onUserDeleted];
