import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Launched, Part, PartStatus } from './part.ts';

export type Supervised = {
  readonly status: PartStatus;
  /** Settles when it is ready for the first time. @throws what kept it from that */
  ready: Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
};

export type SuperviseOptions = {
  /** Told of every change of `status`. */
  changed: () => void;
  /** Told, in words for people, that a part ended and is started again. */
  say: (line: string) => void;
  /** How long the second and each later start in a row waits, in milliseconds; the last one stands for all that follow. */
  pausesMs?: readonly number[];
  /** After how long a part counts as having started well. */
  steadyMs?: number;
};

/** Starts a part, and starts it again whenever it ends, until it is stopped. A first start that fails is not repeated. */
export function supervise(
  part: Part,
  { changed, say, pausesMs = [0, 500, 1_000, 2_000, 5_000, 10_000], steadyMs = 20_000 }: SuperviseOptions,
): Supervised {
  const { name, kind, service, replica } = part;
  const status: PartStatus = {
    ...{ name, kind, pid: null, port: part.port ?? null, restarts: 0, state: 'starting', readySince: null },
    ...(service !== undefined && { service }),
    ...(replica !== undefined && { replica }),
  };
  const stopping = new AbortController();
  const first = Promise.withResolvers<void>();
  let running: Launched | undefined;

  const become = (change: Partial<PartStatus>): void => {
    Object.assign(status, change);
    changed();
  };

  /** Runs the program once. @returns its exit code */
  async function runOnce(): Promise<number> {
    become({ state: 'starting', pid: null });
    running = await part.launch();
    if (stopping.signal.aborted) await running.stop();
    const { ready, exited, pidFile, port } = running;
    const becomesReady = ready.then(async () => {
      become({
        state: 'ready',
        pid: await readPid(pidFile),
        port: port ?? status.port,
        readySince: new Date().toISOString(),
      });
      first.resolve();
    });
    try {
      return await Promise.race([exited, becomesReady.then(() => exited)]);
    } catch (error) {
      await running.stop();
      throw error;
    } finally {
      becomesReady.catch(() => undefined);
    }
  }

  async function keepRunning(): Promise<void> {
    for (let failures = 0; ; failures++) {
      const startedAt = performance.now();
      const end = await runOnce().then(
        (code) => `ended (code ${code})`,
        (error: unknown) => `could not be started: ${error instanceof Error ? error.message : String(error)}`,
      );
      if (stopping.signal.aborted) return;
      if (status.readySince === null) return first.reject(new Error(`${name} ${end}`));
      if (performance.now() - startedAt > steadyMs) failures = 0;
      become({ state: 'ended', pid: null, restarts: status.restarts + 1 });
      const pause = pausesMs[Math.min(failures, pausesMs.length - 1)] ?? 0;
      say(`${name} ${end} and is started again${pause > 0 ? ` in ${pause / 1000} s` : ''}`);
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
    }
  }

  const done = keepRunning();
  first.promise.catch(() => undefined);
  return {
    status,
    ready: first.promise,
    async stop() {
      stopping.abort();
      await running?.stop();
      await done;
      become({ state: 'stopped', pid: null });
    },
  };
}

async function readPid(file: string): Promise<number | null> {
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  return pid > 0 ? pid : null;
}
