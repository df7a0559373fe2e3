import type { Logger } from './logger.ts';

/** Says once that something is away, however often it is asked for, and once that it is back. */
export type OutageLog = {
  /** @param details of the attempt, beside the error. */
  failed(error: unknown, details?: object): void;
  worked(): void;
};

/** @param words what the two lines say. */
export function createOutageLog(log: Logger, words: { away: string; back: string }): OutageLog {
  let isAway = false;
  return {
    failed(error, details = {}) {
      if (!isAway) log.warn({ err: error, ...details }, words.away);
      isAway = true;
    },
    worked() {
      if (isAway) log.info(words.back);
      isAway = false;
    },
  };
}
