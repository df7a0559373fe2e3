import { onUserDataErased } from './on-user-data-erased.ts';

export const subscriptions = [onUserDataErased];
