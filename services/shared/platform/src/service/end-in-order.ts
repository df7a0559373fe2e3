import type { Logger } from '../log/logger.ts';
import { within } from './within.ts';

/** A part of a service that is ended. `until` is the share of the whole time that is over when it is given up. */
export type EndStep = { name: string; until: number; run: () => unknown };

/** Even when those before it have used up the time, in milliseconds. */
const MIN_MS = 50;

/**
 * Ends one part after the other, within a limit. What hangs is left behind: what was acknowledged is in the database, and the next
 * start goes on from there.
 */
export async function endInOrder(
  steps: readonly EndStep[],
  { limitMs, log }: { limitMs: number; log: Logger },
): Promise<void> {
  const startedAt = performance.now();
  for (const { name, until, run } of steps) {
    const left = startedAt + limitMs * until - performance.now();
    const work = Promise.resolve()
      .then(run)
      .catch((error: unknown) => log.warn({ err: error, part: name }, 'a part did not end well'));
    if (!(await within(Math.max(MIN_MS, left), work))) log.warn({ part: name }, 'a part did not end in time');
  }
}
