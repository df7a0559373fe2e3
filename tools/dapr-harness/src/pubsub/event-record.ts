import { createFifo } from '../broker/fifo.ts';
import type { Envelope } from './envelope.ts';

/** An event as a sidecar accepted it. `data` is what subscribers get: an envelope's JSON, or raw bytes. */
export type PublishedEvent = { pubsub: string; topic: string; appId: string; data: Buffer };

/** An event that ended in a dead-letter topic: who could not handle it. */
export type DeadEvent = PublishedEvent & { deadLetterTopic: string };

/** Remembers the latest events, for tests to look at. */
export type EventRecord = {
  published(event: PublishedEvent): void;
  deadLettered(event: DeadEvent): void;
  listPublished(): PublishedEvent[];
  listDead(): DeadEvent[];
  forget(): void;
};

/** How much is remembered: a harness that runs for days must not grow. */
const MAX_EVENTS = 10_000;
const MAX_BYTES = 32 * 1024 * 1024;

export function createEventRecord(): EventRecord {
  const published = createWindow<PublishedEvent>();
  const dead = createWindow<DeadEvent>();
  return {
    published: (event) => published.push(event),
    deadLettered: (event) => dead.push(event),
    listPublished: () => published.list(),
    listDead: () => dead.list(),
    forget: () => {
      published.clear();
      dead.clear();
    },
  };
}

/** The envelope of an event; undefined when its data is no JSON object. */
export function readEnvelope(data: Buffer): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(data.toString());
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Envelope) : undefined;
  } catch {
    return undefined;
  }
}

function createWindow<T extends PublishedEvent>(): { push(event: T): void; list(): T[]; clear(): void } {
  let events = createFifo<T>();
  let bytes = 0;
  return {
    push: (event) => {
      events.push(event);
      bytes += event.data.length;
      while (events.length > MAX_EVENTS || bytes > MAX_BYTES) bytes -= events.shift()?.data.length ?? 0;
    },
    list: () => events.list(),
    clear: () => {
      events = createFifo<T>();
      bytes = 0;
    },
  };
}
