import type { EventDefinition, ReceivedData } from '@commons/contracts';
import type { Transaction } from '../mongo/transaction.ts';
import type { ReceivedEnvelope } from './envelope.ts';

export type EventInput<Context, E extends EventDefinition> = {
  ctx: Context;
  data: ReceivedData<E>;
  event: ReceivedEnvelope;
  /** The transaction in which the event is noted as handled: every effect on the database belongs in it. */
  tx: Transaction;
};

export type BroadcastInput<Context, E extends EventDefinition> = Omit<EventInput<Context, E>, 'tx'>;

/** A handler of one event, once its types have done their work. */
export type Subscription<Context> = {
  event: EventDefinition;
  /** `queue`: one replica handles it, once. `broadcast`: every replica hears it, with no trace in the database. */
  delivery: 'queue' | 'broadcast';
  handler: (input: EventInput<Context, EventDefinition>) => Promise<void> | void;
  /** Names the hot documents that the handler writes to. */
  inTurn?: (data: ReceivedData<EventDefinition>) => string | string[];
};

/**
 * Binds `subscribe` to a service's context.
 * The handler runs in a transaction together with a note of the event's id: however often it is delivered, its
 * effect happens once. It may still come out of order: compare revisions.
 * `inTurn` names the hot documents to which a handler writes: events that name the same, of whatever type, are handled one after the
 * other by a replica, as their transactions would only run into each other. It is for speed, not for order.
 * @example export const onPostDeleted = subscribe(postDeleted, async ({ ctx, data, tx }) => …);
 */
export function subscribeFor<Context>() {
  return <E extends EventDefinition>(
    event: E,
    handler: (input: EventInput<Context, E>) => Promise<void>,
    { inTurn }: { inTurn?: (data: ReceivedData<E>) => string | string[] } = {},
  ): Subscription<Context> => ({
    event,
    delivery: 'queue',
    handler,
    ...(inTurn && { inTurn: inTurn as unknown as NonNullable<Subscription<Context>['inTurn']> }),
  });
}

/** As `subscribeFor`, for what every replica must hear. Handlers must bear repetition; what fails is not kept. */
export function listenFor<Context>() {
  return <E extends EventDefinition>(
    event: E,
    handler: (input: BroadcastInput<Context, E>) => Promise<void> | void,
  ): Subscription<Context> => ({
    event,
    delivery: 'broadcast',
    handler: handler as unknown as Subscription<Context>['handler'],
  });
}
