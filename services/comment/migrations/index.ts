import type { Migration } from '@commons/platform';
import { createComments } from './0001-comments.ts';

/** The history of the database, oldest first. */
export const migrations: Migration[] = [createComments];
