import type { Migration } from '@commons/platform';
import { createProfiles } from './0001-profiles.ts';

/** The history of the database, oldest first. */
export const migrations: Migration[] = [createProfiles];
