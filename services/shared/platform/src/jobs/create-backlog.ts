import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from '../log/logger.ts';
import { createOutageLog } from '../log/outage-log.ts';

/** Small work that is noted in the transaction of its cause and done right after it. */
export type Backlog = {
  /** Looks for work: after a commit that left some. */
  wake(): void;
  start(): void;
  /** Lets the piece in hand end. */
  stop(): Promise<void>;
};

/**
 * Works off what a collection of the service's own notes. It is looked at when woken, at the start and now and then,
 * so that a crash only delays it. For one long piece of work, see `createJobs`.
 * @param work does a piece; true while there may be more. Other replicas may do the same piece at the same time.
 */
export function createBacklog(options: {
  name: string;
  work: () => Promise<boolean>;
  log: Logger;
  pollMs?: number;
}): Backlog {
  const { name, work, log, pollMs = 5_000 } = options;
  const outsideRequests = AsyncLocalStorage.snapshot();
  const outage = createOutageLog(log.child({ backlog: name }), {
    away: 'a backlog waits: its work failed',
    back: 'a backlog is worked off again',
  });
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isOpen = false;
  let isWoken = false;

  async function workOff(): Promise<void> {
    try {
      while (isWoken) {
        isWoken = false;
        for (let isMoreLeft = true; isMoreLeft && isOpen;) isMoreLeft = await work();
      }
      outage.worked();
    } catch (error) {
      outage.failed(error);
    } finally {
      running = undefined;
    }
  }

  function wake(): void {
    isWoken = true;
    if (isOpen) running ??= outsideRequests(() => Promise.resolve().then(workOff));
  }

  return {
    wake,
    start() {
      isOpen = true;
      timer = setInterval(wake, pollMs).unref();
      wake();
    },
    async stop() {
      isOpen = false;
      clearInterval(timer);
      await running;
    },
  };
}
