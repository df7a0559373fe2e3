import type { Connection } from 'mongoose';
import type { Logger } from '../log/logger.ts';
import { LEASE_MS, outboxOf, type PendingEvent } from './outbox.ts';

/** A deletion that a crash undoes only has the event published again, which its consumers bear: it need not wait for the journal. */
const FORGET = { writeConcern: { w: 1, journal: false } } as const;

export type Relay = {
  /** Takes events that were just committed. */
  enqueue(events: PendingEvent[]): void;
  start(): Promise<void>;
  /** Publishes what is in hand, up to the limit; the rest waits in the database. */
  stop(limitMs: number): Promise<void>;
  /** How many events wait, in all replicas. */
  depth(): Promise<number>;
};

export type RelayOptions = {
  db: Connection;
  publish: (topic: string, envelope: PendingEvent['envelope']) => Promise<void>;
  log: Logger;
  onPublished?: (event: PendingEvent) => void;
  /** Events published at the same time. */
  concurrency?: number;
  /** How often overdue events of this or another replica are looked for, in milliseconds. */
  sweepMs?: number;
};

/**
 * Publishes events from the outbox and then removes them: at least once, whatever dies in between. What this replica
 * committed goes out at once; what a dead replica left, or the broker refused, is taken up when its lease has run out.
 */
export function createRelay({ db, publish, log, onPublished, concurrency = 8, sweepMs = 1_000 }: RelayOptions): Relay {
  const outbox = outboxOf(db);
  const queue: PendingEvent[] = [];
  const running = new Set<Promise<void>>();
  let state: 'waiting' | 'open' | 'closed' = 'waiting';
  let timer: NodeJS.Timeout | undefined;
  let sweeping = Promise.resolve();
  let isStopping = false;
  let isFailing = false;

  function pump(): void {
    while (state === 'open' && running.size < concurrency) {
      const event = queue.shift();
      if (!event) return;
      const task = deliver(event).finally(() => {
        running.delete(task);
        pump();
      });
      running.add(task);
    }
  }

  async function deliver(event: PendingEvent): Promise<void> {
    if (event.lease_until.getTime() < Date.now()) return;
    try {
      await publish(event.topic, event.envelope);
      onPublished?.(event);
      await outbox.deleteOne({ _id: event._id }, FORGET);
      isFailing = false;
    } catch (error) {
      if (!isFailing)
        log.warn({ err: error, topic: event.topic }, 'an event waits in the outbox: it could not be published');
      isFailing = true;
    }
  }

  async function sweep(): Promise<void> {
    for (let taken = 0; taken < 1_000 && queue.length < 100; taken++) {
      const event = await outbox.findOneAndUpdate(
        { lease_until: { $lt: new Date() } },
        { $set: { lease_until: new Date(Date.now() + LEASE_MS) } },
        { sort: { lease_until: 1 }, returnDocument: 'after' },
      );
      if (!event) break;
      queue.push(event);
    }
    pump();
  }

  function sweepAgain(): void {
    if (isStopping) return;
    timer = setTimeout(() => {
      sweeping = sweep()
        .catch((error: unknown) => log.warn({ err: error }, 'the outbox cannot be read'))
        .finally(sweepAgain);
    }, sweepMs).unref();
  }

  return {
    enqueue(events) {
      queue.push(...events);
      pump();
    },
    async start() {
      await outbox.createIndex({ lease_until: 1 });
      state = 'open';
      await sweep();
      sweepAgain();
    },
    async stop(limitMs) {
      isStopping = true;
      clearTimeout(timer);
      await sweeping;
      const limit = Date.now() + limitMs;
      while ((queue.length > 0 || running.size > 0) && Date.now() < limit && !isFailing) {
        const isOver = new Promise((resolve) => setTimeout(resolve, Math.max(1, limit - Date.now())).unref());
        await Promise.race([...running, isOver]);
      }
      state = 'closed';
      await Promise.allSettled(running);
    },
    depth: () => outbox.countDocuments(),
  };
}
