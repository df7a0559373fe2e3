import type { EventData, EventDefinition } from '@commons/contracts';
import type { ClientSession, Connection } from 'mongoose';
import type { Outbox, PendingEvent } from '../events/outbox.ts';
import { currentRequest } from '../http/request-context.ts';
import { runTransaction } from './run-transaction.ts';

/** A MongoDB transaction in hand. Whatever is written with its session, and whatever it emits, happens together or not at all. */
export type Transaction = {
  session: ClientSession;
  /** Has the event published once the transaction is committed. `subject` is the id of the thing it is about. */
  emit<E extends EventDefinition>(event: E, subject: string, data: EventData<E>): void;
  /** Done right after the commit, before anybody is told of it; a crash loses it. It must not throw. */
  afterCommit(work: () => Promise<void> | void): void;
};

/** Runs `work` in a transaction; it is run again on a transient conflict, so it must have no other effects. */
export type RunTransaction = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

export function createTransactions(db: Connection, outbox: Outbox): RunTransaction {
  return async (work) => {
    const idempotent = currentRequest()?.idempotent;
    if (idempotent?.earlier) return idempotent.earlier.result as Awaited<ReturnType<typeof work>>;
    let events: PendingEvent[] = [];
    let afterwards: (() => Promise<void> | void)[] = [];
    const session = await db.startSession();
    try {
      const result = await runTransaction(session, async () => {
        events = [];
        afterwards = [];
        const outcome = await work({
          session,
          emit: (event, subject, data) => events.push(outbox.prepare(event, subject, data)),
          afterCommit: (next) => afterwards.push(next),
        });
        await outbox.store(events, session);
        await idempotent?.remember(outcome, session);
        return outcome;
      });
      await Promise.all(afterwards.map(async (next) => next()));
      outbox.release(events);
      return result;
    } finally {
      // What is still open is rolled back here, in its own time.
      void session.endSession().catch(() => undefined);
    }
  };
}
