import type { Migration } from '@commons/platform';
import { createProjects } from './0001-create-projects.ts';

/** In the order in which they are applied; one that is released is never changed. */
export const migrations: Migration[] = [createProjects];
