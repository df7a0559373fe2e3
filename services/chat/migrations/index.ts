import type { Migration } from '@commons/platform';
import { createChats } from './0001-create-chats.ts';

/** In the order in which they are applied; one that is released is never changed. */
export const migrations: Migration[] = [createChats];
