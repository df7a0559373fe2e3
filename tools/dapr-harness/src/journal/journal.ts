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

/** A committed write is with the operating system, and so outlives the process; the file is this process's alone. */
const SETTINGS = `
  PRAGMA busy_timeout = 2000;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  BEGIN EXCLUSIVE; COMMIT;
`;

/** Opens (or makes) `journal.sqlite` in a folder. Throws when another harness has it. */
export function openJournal(dataDir: string | undefined): Journal {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const file = dataDir === undefined ? ':memory:' : join(dataDir, 'journal.sqlite');
  const database = new DatabaseSync(file);
  try {
    database.exec(SETTINGS);
  } catch (error) {
    database.close();
    throw new Error(`${file} cannot be opened: is another harness using it?`, { cause: error });
  }
  return { isDurable: dataDir !== undefined, database, close: () => database.close() };
}
