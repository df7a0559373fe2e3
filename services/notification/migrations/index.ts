import type { Migration } from '@commons/platform';
import { createNotifications } from './0001-notifications.ts';

/** The history of the database, oldest first. */
export const migrations: Migration[] = [createNotifications];
