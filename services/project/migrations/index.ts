import type { Migration } from '@commons/platform';
import { createProjects } from './0001-projects.ts';

/** The history of the database, oldest first. */
export const migrations: Migration[] = [createProjects];
