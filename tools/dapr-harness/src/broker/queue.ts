import { createFifo } from './fifo.ts';
import type { Consumer, Disposition, Message, QueueSpec } from './message.ts';

/** Keeps a queue's messages where they outlive the process, or nowhere. */
export type QueueStore = {
  add(message: Omit<Message, 'id'>): number;
  remove(id: number): void;
};

export type QueueEvents = {
  /** Something was delivered, settled or thrown away. */
  changed(): void;
  discarded(message: Message): void;
};

/** A queue: its messages wait until a consumer has room, and stay its own until they are acknowledged. */
export type Queue = {
  spec: QueueSpec;
  enqueue(message: Omit<Message, 'id'>): void;
  /** Puts back what an earlier process left. */
  restore(messages: readonly Message[]): void;
  consume(consumer: Consumer): Cancel;
  readonly consumerCount: number;
  readonly readyCount: number;
  readonly inFlightCount: number;
};

/** Ends a consumer: nothing new comes to it. What it has in hand is settled by its own answer. */
export type Cancel = () => void;

type Attached = Consumer & { inFlight: number };

export function createQueue(spec: QueueSpec, store: QueueStore, events: QueueEvents): Queue {
  const ready = createFifo<Message>();
  const returned: Message[] = [];
  const consumers: Attached[] = [];
  let inFlightCount = 0;
  let isScheduled = false;

  const schedule = (): void => {
    if (isScheduled || consumers.length === 0) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      dispatch();
    });
  };

  const dispatch = (): void => {
    while (returned.length + ready.length > 0) {
      const consumer = nextConsumer(consumers);
      const message = consumer && (returned.shift() ?? ready.shift());
      if (!message) break;
      if (message.expiresAt !== undefined && message.expiresAt <= Date.now()) throwAway(message);
      else void deliver(consumer, message);
    }
    events.changed();
  };

  const deliver = async (consumer: Attached, message: Message): Promise<void> => {
    consumer.inFlight++;
    inFlightCount++;
    const disposition = await consumer.handle(message).catch((): Disposition => 'requeue');
    consumer.inFlight--;
    inFlightCount--;
    if (disposition === 'requeue') returned.push(message);
    else if (disposition === 'ack') store.remove(message.id);
    else throwAway(message);
    schedule();
    events.changed();
  };

  const throwAwayOldest = (): void => {
    const oldest = returned.shift() ?? ready.shift();
    if (oldest) throwAway(oldest);
  };

  const throwAway = (message: Message): void => {
    store.remove(message.id);
    events.discarded(message);
  };

  return {
    spec,
    enqueue: (message) => {
      const { topic, data, metadata, expiresAt } = message;
      ready.push({ id: store.add(message), topic, data, metadata, expiresAt });
      if (ready.length + returned.length > (spec.maxLength ?? Infinity)) throwAwayOldest();
      schedule();
    },
    restore: (messages) => {
      for (const message of messages) ready.push(message);
      schedule();
    },
    consume: (consumer) => {
      const attached = { ...consumer, inFlight: 0 };
      consumers.push(attached);
      schedule();
      return () => {
        const index = consumers.indexOf(attached);
        if (index >= 0) consumers.splice(index, 1);
        events.changed();
      };
    },
    get consumerCount() {
      return consumers.length;
    },
    get readyCount() {
      return ready.length + returned.length;
    },
    get inFlightCount() {
      return inFlightCount;
    },
  };
}

/** The next consumer with room, each in its turn. */
function nextConsumer(consumers: Attached[]): Attached | undefined {
  const index = consumers.findIndex(({ inFlight, prefetch }) => inFlight < prefetch);
  if (index < 0) return undefined;
  const [consumer] = consumers.splice(index, 1);
  if (consumer) consumers.push(consumer);
  return consumer;
}
