import type { Migration } from '@commons/platform';
import { createChats } from './0001-chats.ts';

/** The history of the database, oldest first. */
export const migrations: Migration[] = [createChats];
