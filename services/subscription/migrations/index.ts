import type { Migration } from '@commons/platform';
import { createSubscriptions } from './0001-subscriptions.ts';

/** In the order in which they are applied; one that is released is never changed. */
export const migrations: Migration[] = [createSubscriptions];
