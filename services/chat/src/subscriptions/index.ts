import { onUserDeleted } from './on-user-deleted.ts';

export const subscriptions = [onUserDeleted];
