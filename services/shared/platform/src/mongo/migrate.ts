import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import mongoose, { type Connection } from 'mongoose';
import { Umzug, type UmzugStorage } from 'umzug';
import type { Logger } from '../log/logger.ts';

/** One step of a database's history. Its name sorts it; once released it is never changed. */
export type Migration = { name: string; up: (db: Connection) => Promise<void> };

const LOCK_MS = 30_000;

/**
 * Brings a database up to date. One replica does it while the others wait; a lock of a dead one expires.
 * @throws whatever a migration throws: the service must not start on a database of an unknown shape.
 */
export async function migrate(db: Connection, migrations: readonly Migration[], log: Logger): Promise<void> {
  if (await isUpToDate(db, migrations)) return;
  const release = await takeLock(db);
  try {
    const umzug = new Umzug({
      migrations: migrations.map(({ name, up }) => ({ name, up: () => up(db) })),
      storage: storageOf(db),
      logger: undefined,
    });
    const done = await umzug.up();
    if (done.length > 0) log.info({ migrations: done.map(({ name }) => name) }, 'database migrated');
  } finally {
    await release();
  }
}

/** Whether a database has seen all of these. */
export async function isUpToDate(db: Connection, migrations: readonly Migration[]): Promise<boolean> {
  const applied = await storageOf(db).executed({} as never);
  return migrations.every(({ name }) => applied.includes(name));
}

type Applied = { _id: string; applied_at: Date };

function storageOf(db: Connection): UmzugStorage {
  const applied = db.collection<Applied>('migrations');
  return {
    executed: async () => (await applied.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id),
    logMigration: async ({ name }) => {
      await applied.updateOne({ _id: name }, { $set: { applied_at: new Date() } }, { upsert: true });
    },
    unlogMigration: async ({ name }) => {
      await applied.deleteOne({ _id: name });
    },
  };
}

type Lock = { _id: string; owner: string; until: Date };

async function takeLock(db: Connection): Promise<() => Promise<void>> {
  const locks = db.collection<Lock>('migration_locks');
  const owner = randomUUID();
  const hold = async (): Promise<boolean> => {
    const until = new Date(Date.now() + LOCK_MS);
    try {
      await locks.updateOne(
        { _id: 'migrate', $or: [{ until: { $lt: new Date() } }, { owner }] },
        { $set: { owner, until } },
        { upsert: true },
      );
      return true;
    } catch (error) {
      if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) return false;
      throw error;
    }
  };
  while (!(await hold())) await wait(200);
  const renewal = setInterval(() => void hold().catch(() => undefined), LOCK_MS / 3);
  return async () => {
    clearInterval(renewal);
    await locks.deleteOne({ _id: 'migrate', owner });
  };
}
