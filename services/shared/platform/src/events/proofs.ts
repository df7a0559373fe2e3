import type { Logger } from '../log/logger.ts';

/**
 * What makes sure that an accepted event is in the broker. Dapr's RabbitMQ component (1.18) says that it published a message also
 * where the connection broke before the broker had confirmed it. It publishes one message after the other, and after a break nothing
 * for `reconnectWaitSeconds`. So a publication that began after another one had ended, and succeeded within less than that time from
 * the other one's start, went over the same unbroken connection: it proves the other one.
 */
export type Proofs = {
  /** Takes note of an event that was accepted, by when its publication began and ended; that proves those before it. */
  add(id: string, publication: Publication): void;
  /** Proves what is in hand now. */
  flush(): Promise<void>;
  stop(): void;
};

/** When a publication began and ended, in milliseconds of a monotonic clock. */
export type Publication = { begunAt: number; endedAt: number };

export type ProofOptions = {
  /** Publishes something that is for nobody. */
  publish: () => Promise<void>;
  /** Told which events are proved. What is not is published again when its lease has run out. */
  onProved: (ids: string[]) => Promise<void>;
  log: Logger;
  /** Less than `reconnectWaitSeconds` of the component. */
  withinMs?: number;
  /** How long a later event is waited for before something is published for the sake of the proof alone. */
  afterMs?: number;
};

/** components/pubsub.yaml waits 5 s. */
export const PROVED_WITHIN_MS = 4_000;

type Accepted = Publication & { id: string };

export function createProofs(options: ProofOptions): Proofs {
  const { publish, onProved, log, withinMs = PROVED_WITHIN_MS, afterMs = 25 } = options;
  let accepted: Accepted[] = [];
  let timer: NodeJS.Timeout | undefined;

  function settle(proof: Publication): Promise<void> {
    const isInTime = ({ begunAt }: Accepted): boolean => proof.endedAt - begunAt < withinMs;
    const isBefore = ({ endedAt }: Accepted): boolean => endedAt <= proof.begunAt;
    const proved = accepted.filter((event) => isInTime(event) && isBefore(event));
    accepted = accepted.filter((event) => isInTime(event) && !isBefore(event));
    return proved.length === 0 ? Promise.resolve() : onProved(proved.map(({ id }) => id));
  }

  async function prove(): Promise<void> {
    const begunAt = performance.now();
    try {
      await publish();
      await settle({ begunAt, endedAt: performance.now() });
    } catch (error) {
      log.debug({ err: error }, 'accepted events could not be proved: they are published again');
      accepted = accepted.filter(({ endedAt }) => endedAt > begunAt);
    }
  }

  function proveLater(): void {
    if (timer !== undefined || accepted.length === 0) return;
    timer = setTimeout(() => {
      void prove().finally(() => {
        timer = undefined;
        proveLater();
      });
    }, afterMs).unref();
  }

  return {
    add(id, publication) {
      void settle(publication);
      accepted.push({ id, ...publication });
      proveLater();
    },
    async flush() {
      if (accepted.length > 0) await prove();
    },
    stop() {
      clearTimeout(timer);
      accepted = [];
    },
  };
}
