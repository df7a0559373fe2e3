import type { Migration } from '@commons/platform';
import { createComments } from './0001-comments.ts';
import { keepBlocks } from './0002-blocks.ts';

/** The history of the database, oldest first. */
export const migrations: Migration[] = [createComments, keepBlocks];
