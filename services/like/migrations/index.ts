import type { Migration } from '@commons/platform';
import { createLikes } from './0001-likes.ts';

/** The history of the database, oldest first. */
export const migrations: Migration[] = [createLikes];
