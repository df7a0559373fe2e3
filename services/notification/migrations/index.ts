import type { Migration } from '@commons/platform';
import { createNotifications } from './0001-notifications.ts';
import { addPeopleAndProjects } from './0002-people-and-projects.ts';
import { addMessages } from './0003-messages.ts';

/** The history of the database, oldest first. */
export const migrations: Migration[] = [createNotifications, addPeopleAndProjects, addMessages];
