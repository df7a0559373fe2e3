import type { Migration } from '@commons/platform';
import { createProfiles } from './0001-create-profiles.ts';

/** In the order in which they are applied; one that is released is never changed. */
export const migrations: Migration[] = [createProfiles];
