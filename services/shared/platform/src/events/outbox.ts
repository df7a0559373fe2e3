import type { EventData, EventDefinition } from '@commons/contracts';
import type { ClientSession, Connection } from 'mongoose';
import type { Clock } from '../service/clock.ts';
import { envelopeOf, type Envelope } from './envelope.ts';

/** An event that waits in the outbox. Until `lease_until` the replica that wrote it publishes it; then any may. */
export type PendingEvent = { _id: string; topic: string; envelope: Envelope; lease_until: Date; created_at: Date };

export type Outbox = {
  /** Makes the pending event, with who and from where taken from the request in hand. */
  prepare<E extends EventDefinition>(event: E, subject: string, data: EventData<E>): PendingEvent;
  /** Writes events within a transaction. */
  store(events: PendingEvent[], session: ClientSession): Promise<void>;
  /** Hands committed events to the relay. */
  release(events: PendingEvent[]): void;
};

/** How long a replica has to publish what it wrote before others take it over, in milliseconds. */
export const LEASE_MS = 5_000;

export const outboxOf = (db: Connection) => db.collection<PendingEvent>('outbox');

/**
 * The outbox of a service: events are written in the transaction of the change they tell of, and leave afterwards.
 * @param source app-id of the service.
 * @param onRelease receives what was committed.
 */
export function createOutbox(options: {
  db: Connection;
  source: string;
  clock: Clock;
  onRelease: (events: PendingEvent[]) => void;
}): Outbox {
  const { db, source, clock, onRelease } = options;
  return {
    prepare(event, subject, data) {
      const now = clock.now();
      const envelope = envelopeOf(event, { source, subject, now, data });
      return {
        _id: envelope.id,
        topic: event.topic,
        envelope,
        lease_until: new Date(Date.now() + LEASE_MS),
        created_at: now,
      };
    },
    async store(events, session) {
      if (events.length > 0) await outboxOf(db).insertMany(events, { session });
    },
    release(events) {
      if (events.length > 0) onRelease(events);
    },
  };
}
