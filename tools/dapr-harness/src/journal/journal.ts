import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The one SQLite file of a harness, or a database in memory when nothing has to survive. */
export type Journal = {
  /** Whether what is written outlives the process. */
  isDurable: boolean;
  database: DatabaseSync;
  close(): void;
};

/** Opens (or makes) `journal.sqlite` in a folder. A committed write survives the death of the process. */
export function openJournal(dataDir: string | undefined): Journal {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(dataDir === undefined ? ':memory:' : join(dataDir, 'journal.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
  return { isDurable: dataDir !== undefined, database, close: () => database.close() };
}
