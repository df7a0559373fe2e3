import type { Migration } from '@commons/platform';
import { createTickets } from './0001-tickets.ts';
import { createPresences } from './0002-presences.ts';

/** The history of the database, oldest first. */
export const migrations: Migration[] = [createTickets, createPresences];
