import type { Migration } from '@commons/platform';
import { createPosts } from './0001-posts.ts';

/** The history of the database, oldest first. */
export const migrations: Migration[] = [createPosts];
