import type { Migration } from '@commons/platform';
import { accounts } from './0001-accounts.ts';

export const migrations: Migration[] = [accounts];
