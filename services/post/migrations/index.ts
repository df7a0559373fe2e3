import type { Migration } from '@commons/platform';
import { createPosts } from './0001-posts.ts';
import { keepFollowsAndBlocks } from './0002-follows-and-blocks.ts';

/** The history of the database, oldest first. */
export const migrations: Migration[] = [createPosts, keepFollowsAndBlocks];
