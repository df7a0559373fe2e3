import { setTimeout as wait } from 'node:timers/promises';
import type { ClientSession } from 'mongoose';
import { ServiceUnavailable } from '../http/errors.ts';
import { hasLabel, isConnectionLost } from './database-away.ts';

const OPTIONS = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 5_000 },
} as const;

/** A conflict is tried again for this long: the client still waits. The driver's own limit is two minutes. */
const LIMIT_MS = 5_000;
/** Less for a lost connection: to find that there is none takes its own time. */
const RECONNECT_LIMIT_MS = 2_500;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;

/** It is not known whether a transaction was committed: the database went away in the middle. */
class UnknownOutcome extends ServiceUnavailable {
  constructor(cause: unknown) {
    super('The database went away meanwhile: it is not known whether this was done.', cause);
  }
}

/**
 * Runs `work` in a transaction of a session, again after a conflict.
 * @throws UnknownOutcome where the commit was not answered; what the driver or `work` throws.
 */
export async function runTransaction<T>(session: ClientSession, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  for (let attempt = 0; ; attempt++) {
    session.startTransaction(OPTIONS);
    try {
      const result = await work();
      await commit(session, startedAt);
      return result;
    } catch (error) {
      const isRepeatable = hasLabel(error, 'TransientTransactionError') && isTimeLeft(startedAt, error);
      // A database that is away cannot be told of the end; the one who asked need not wait for that.
      if (!isRepeatable && isConnectionLost(error)) throw error;
      if (session.inTransaction()) await session.abortTransaction();
      if (!isRepeatable) throw error;
    }
    await wait(Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 1.5 ** attempt));
  }
}

/** The driver repeats a commit once; here it goes on while there is time, as a new primary may be on its way. */
async function commit(session: ClientSession, startedAt: number): Promise<void> {
  for (;;) {
    try {
      return await session.commitTransaction();
    } catch (error) {
      if (!hasLabel(error, 'UnknownTransactionCommitResult')) throw error;
      if (!isTimeLeft(startedAt, error)) throw new UnknownOutcome(error);
    }
  }
}

function isTimeLeft(startedAt: number, error: unknown): boolean {
  return performance.now() - startedAt < (isConnectionLost(error) ? RECONNECT_LIMIT_MS : LIMIT_MS);
}
