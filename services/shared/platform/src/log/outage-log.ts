import type { Logger } from './logger.ts';

/** Says once that something is away, however often it is asked for, and once that it is back. */
export type OutageLog = {
  /** @param details of the attempt, beside the error. */
  failed(error: unknown, details?: object): void;
  worked(): void;
  /** For what can be done without: undefined where it fails. */
  bear<T>(work: Promise<T>): Promise<T | undefined>;
};

/** @param words what the two lines say. */
export function createOutageLog(log: Logger, words: { away: string; back: string }): OutageLog {
  let isAway = false;

  function failed(error: unknown, details = {}): void {
    if (!isAway) log.warn({ err: error, ...details }, words.away);
    isAway = true;
  }

  function worked(): void {
    if (isAway) log.info(words.back);
    isAway = false;
  }

  return {
    failed,
    worked,
    async bear(work) {
      try {
        const result = await work;
        worked();
        return result;
      } catch (error) {
        failed(error);
        return undefined;
      }
    },
  };
}
