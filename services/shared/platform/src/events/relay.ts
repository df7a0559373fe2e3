import type { Connection } from 'mongoose';
import type { Logger } from '../log/logger.ts';
import { createOutageLog } from '../log/outage-log.ts';
import { within } from '../service/within.ts';
import { LEASE_MS, outboxOf, type PendingEvent } from './outbox.ts';
import { createProofs, type ProofOptions } from './proofs.ts';

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
  /** How it is made sure that the broker has what the sidecar accepted. */
  proof: Pick<ProofOptions, 'publish' | 'withinMs' | 'afterMs'>;
  log: Logger;
  onPublished?: (event: PendingEvent) => void;
  /** Events published at the same time. */
  concurrency?: number;
  /** How often overdue events of this or another replica are looked for, in milliseconds. */
  sweepMs?: number;
};

/** How many are taken from the database at a time, and how many of the own wait in memory at most. */
const SWEPT = 100;
const QUEUED = 10_000;
/** So many in a row that could not be published: it is not the event, the broker is away. */
const FAILURES = 3;
/** How soon it is looked again where more waits than there was room for, in milliseconds. */
const NEXT_SWEEP_MS = 20;

/**
 * Publishes events from the outbox and removes those that the broker surely has: at least once, whatever dies in between. What this
 * replica committed goes out at once; what a dead replica left, or the broker refused, is taken up when its lease has run out. While
 * the broker is away only one event after the other tries whether it is back.
 */
export function createRelay(options: RelayOptions): Relay {
  const { db, publish, proof, log, onPublished, concurrency = 8, sweepMs = 1_000 } = options;
  const outbox = outboxOf(db);
  const queue: PendingEvent[] = [];
  const running = new Set<Promise<void>>();
  let state: 'waiting' | 'open' | 'closed' = 'waiting';
  let timer: NodeJS.Timeout | undefined;
  let sweeping = Promise.resolve();
  let isStopping = false;
  let failures = 0;
  const isBrokerAway = (): boolean => failures >= FAILURES;
  const broker = createOutageLog(log, {
    away: 'an event waits in the outbox: it could not be published',
    back: 'events leave the outbox again',
  });
  const database = createOutageLog(log, {
    away: 'the outbox waits: the database is away',
    back: 'the outbox is worked off again',
  });

  // What stays here for want of a database is published again, which its consumers bear.
  const forget = (ids: string[]): Promise<void> =>
    outbox.deleteMany({ _id: { $in: ids } }, FORGET).then(
      () => undefined,
      (error: unknown) => database.failed(error),
    );
  const proofs = createProofs({ ...proof, onProved: forget, log });

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
    const begunAt = performance.now();
    try {
      await publish(event.topic, event.envelope);
      failures = 0;
      broker.worked();
    } catch (error) {
      failures++;
      if (isBrokerAway()) queue.length = 0;
      broker.failed(error, { topic: event.topic });
      return;
    }
    proofs.add(event._id, { begunAt, endedAt: performance.now() });
    onPublished?.(event);
  }

  /** @returns whether more may be waiting. */
  async function sweep(): Promise<boolean> {
    const room = isBrokerAway() ? 1 : SWEPT;
    while (queue.length < room) {
      const event = await outbox.findOneAndUpdate(
        { lease_until: { $lt: new Date() } },
        { $set: { lease_until: new Date(Date.now() + LEASE_MS) } },
        { sort: { lease_until: 1 }, returnDocument: 'after' },
      );
      database.worked();
      if (!event) {
        pump();
        return false;
      }
      queue.push(event);
    }
    pump();
    return !isBrokerAway();
  }

  function sweepAgain(afterMs: number): void {
    if (isStopping) return;
    timer = setTimeout(() => {
      sweeping = sweep().then(
        (isMoreLeft) => sweepAgain(isMoreLeft ? NEXT_SWEEP_MS : sweepMs),
        (error: unknown) => {
          database.failed(error);
          sweepAgain(sweepMs);
        },
      );
    }, afterMs).unref();
  }

  async function empty(): Promise<void> {
    while (state === 'open' && failures === 0 && queue.length + running.size > 0) await Promise.race(running);
    await proofs.flush();
  }

  return {
    enqueue(events) {
      if (isBrokerAway() || queue.length >= QUEUED) return;
      queue.push(...events);
      pump();
    },
    async start() {
      await outbox.createIndex({ lease_until: 1 });
      state = 'open';
      await sweep();
      sweepAgain(NEXT_SWEEP_MS);
    },
    async stop(limitMs) {
      isStopping = true;
      clearTimeout(timer);
      await within(limitMs, sweeping.then(empty));
      state = 'closed';
      proofs.stop();
    },
    depth: () => outbox.countDocuments(),
  };
}
