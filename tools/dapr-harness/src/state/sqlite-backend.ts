import type { DatabaseSync } from 'node:sqlite';
import { SWEEP_INTERVAL_MS } from './state-backend.ts';
import type { Clock, StateBackend } from './state-backend.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS state_entries (
    store TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, etag TEXT NOT NULL, first_write INTEGER NOT NULL, expires_at INTEGER,
    PRIMARY KEY (store, key)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS state_entries_expiring ON state_entries (expires_at) WHERE expires_at IS NOT NULL;`;

type Row = { json: string; etag: string; first_write: number; expires_at: number | null };

/** Entries of one store in a SQLite database, where they outlive the process. Stores of one name share them. */
export function createSqliteBackend(database: DatabaseSync, store: string, now: Clock = Date.now): StateBackend {
  database.exec(SCHEMA);
  const select = database.prepare(
    'SELECT json, etag, first_write, expires_at FROM state_entries WHERE store = ? AND key = ? AND (expires_at IS NULL OR expires_at > ?)',
  );
  const upsert = database.prepare('INSERT OR REPLACE INTO state_entries VALUES (?, ?, ?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM state_entries WHERE store = ? AND key = ?');
  const sweepExpired = database.prepare('DELETE FROM state_entries WHERE expires_at <= ?');
  let sweptAt = 0;

  const sweep = () => {
    if (now() - sweptAt < SWEEP_INTERVAL_MS) return;
    sweptAt = now();
    sweepExpired.run(sweptAt);
  };

  return {
    get: (key) => {
      const row = select.get(store, key, now()) as Row | undefined;
      if (!row) return undefined;
      const { json, etag, first_write: firstWrite, expires_at: expiresAt } = row;
      return { json, etag, firstWrite: firstWrite === 1, expiresAt: expiresAt ?? undefined };
    },
    put: (key, { json, etag, firstWrite, expiresAt }) => {
      sweep();
      upsert.run(store, key, json, etag, firstWrite ? 1 : 0, expiresAt ?? null);
    },
    delete: (key) => void remove.run(store, key),
    together: (work) => {
      database.exec('BEGIN IMMEDIATE');
      try {
        work();
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
  };
}
