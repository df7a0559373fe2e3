import { setTimeout as wait } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import type { Logger } from '../log/logger.ts';
import { CannotStart } from '../service/cannot-start.ts';
import { connectDatabase, type DatabaseOptions } from './connect.ts';
import { isDatabaseAway } from './database-away.ts';

const PAUSE_MS = 250;

/**
 * Connects to a database that may be up later than its service.
 * @throws CannotStart where it does not answer within the limit; what the driver throws where it refuses.
 */
export async function awaitDatabase(
  options: DatabaseOptions,
  { limitMs, log }: { limitMs: number; log: Logger },
): Promise<Connection> {
  const limit = performance.now() + limitMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await connectDatabase(options);
    } catch (error) {
      if (!(error instanceof Error) || !isDatabaseAway(error)) throw error;
      if (performance.now() > limit)
        throw new CannotStart(`MONGODB_URI: the database did not answer within ${limitMs} ms: ${error.message}`, error);
      if (attempt === 1) log.warn({ err: error }, 'waiting for the database');
    }
    await wait(PAUSE_MS);
  }
}
