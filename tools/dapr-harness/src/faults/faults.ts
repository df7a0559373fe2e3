import type { FaultBoard, FaultFilter } from './fault-board.ts';

/** Takes a fault back. */
export type Undo = () => void;

/** Injects faults, for tests. Each call gives the function that undoes it. */
export type Faults = {
  /** Makes what matches wait. */
  delay(filter: FaultFilter, ms: number): Undo;
  /** Publishes or delivers what matches several times (twice, unless said otherwise). */
  duplicate(filter: FaultFilter, copies?: number): Undo;
  /** Holds deliveries back until so many are waiting (two), then lets them go in reverse order. */
  reorder(filter: FaultFilter, count?: number): Undo;
  /** Lets what matches fail: with a status, or without one as if the network had broken. */
  fail(filter: FaultFilter, failure?: { status?: number; message?: string }): Undo;
  /** Stops the sidecar of an app, as a crash would; undoing it starts it again. */
  stop(appId: string): Promise<() => Promise<void>>;
  /** Takes all faults back, except that stopped sidecars stay stopped. */
  clear(): void;
};

type Stoppable = { stop(): Promise<void>; start(): Promise<void> };

export function createFaults(board: FaultBoard, sidecar: (appId: string) => Stoppable): Faults {
  return {
    delay: (filter, ms) => board.add(filter, { delayMs: ms }),
    duplicate: (filter, copies = 2) => board.add(filter, { copies }),
    reorder: (filter, count = 2) => board.add(filter, { reorder: count }),
    fail: (filter, { status, message = 'injected fault' } = {}) => board.add(filter, { failure: { status, message } }),
    stop: async (appId) => {
      const stopped = sidecar(appId);
      await stopped.stop();
      return () => stopped.start();
    },
    clear: () => board.clear(),
  };
}
