import type { MessageStore } from '../journal/message-store.ts';
import type { Consumer, Message, Publication, QueueSpec } from './message.ts';
import { createQueue, type Cancel, type Queue, type QueueStore } from './queue.ts';
import { isBound } from './routing-key.ts';

/** A message broker: topics that copy each message into the queues bound to them. What no queue takes is gone. */
export type Broker = {
  declareQueue(spec: QueueSpec): void;
  publish(publication: Publication): void;
  /** Makes the queue if need be. The returned function ends the consumer, and the queue with it if it is auto-deleted. */
  consume(spec: QueueSpec, consumer: Consumer): Cancel;
  /** Whether nothing is in flight, and nothing waits where a consumer is. */
  isSettled(): boolean;
  queues(): QueueState[];
};

/** What a queue holds now, for tests and for people. */
export type QueueState = { name: string; topic: string; ready: number; inFlight: number; consumers: number };

export type BrokerOptions = {
  name: string;
  /** Where durable queues are kept; undefined keeps everything in memory. */
  messages: MessageStore | undefined;
  changed(): void;
};

export function createBroker({ name, messages, changed }: BrokerOptions): Broker {
  const queues = new Map<string, Queue>();
  const byTopic = new Map<string, Queue[]>();

  const add = (spec: QueueSpec): Queue => {
    const isKept = messages !== undefined && spec.isDurable && !spec.isAutoDeleted;
    const { waiting, store } = isKept ? messages.open(name, spec.name) : { waiting: [], store: createMemoryStore() };
    const queue = createQueue(spec, store, { changed, discarded: (message) => deadLetter(spec, message) });
    queues.set(spec.name, queue);
    byTopic.set(spec.topic, [...(byTopic.get(spec.topic) ?? []), queue]);
    queue.restore(waiting);
    return queue;
  };

  const declare = (spec: QueueSpec): Queue => {
    const known = queues.get(spec.name);
    if (known) return known;
    if (spec.isDurable && !spec.isAutoDeleted) messages?.saveQueue(name, spec);
    if (spec.deadLetterQueue !== undefined) declare(deadLetterSpec(spec, spec.deadLetterQueue));
    return add(spec);
  };

  const remove = (queue: Queue): void => {
    queues.delete(queue.spec.name);
    const { topic } = queue.spec;
    byTopic.set(
      topic,
      (byTopic.get(topic) ?? []).filter((other) => other !== queue),
    );
    changed();
  };

  const deadLetter = (spec: QueueSpec, message: Message): void => {
    if (spec.deadLetterQueue !== undefined) queues.get(spec.deadLetterQueue)?.enqueue(message);
  };

  for (const spec of messages?.queues(name) ?? []) add(spec);

  return {
    declareQueue: (spec) => void declare(spec),
    publish: (publication) => {
      const bound = (byTopic.get(publication.topic) ?? []).filter(({ spec }) => isBound(spec, publication.routingKey));
      const enqueue = (): void => bound.forEach((queue) => queue.enqueue(publication));
      const keptCount = bound.filter(({ spec }) => spec.isDurable && !spec.isAutoDeleted).length;
      if (messages && keptCount > 1) messages.together(enqueue);
      else enqueue();
    },
    consume: (spec, consumer) => {
      const queue = declare(spec);
      const cancel = queue.consume(consumer);
      return () => {
        cancel();
        if (queue.spec.isAutoDeleted && queue.consumerCount === 0) remove(queue);
      };
    },
    isSettled: () =>
      [...queues.values()].every(
        (queue) => queue.inFlightCount === 0 && (queue.readyCount === 0 || queue.consumerCount === 0),
      ),
    queues: () =>
      [...queues.values()].map(({ spec, readyCount, inFlightCount, consumerCount }) => ({
        name: spec.name,
        topic: spec.topic,
        ready: readyCount,
        inFlight: inFlightCount,
        consumers: consumerCount,
      })),
  };
}

function createMemoryStore(): QueueStore {
  let last = 0;
  return { add: () => ++last, remove: () => undefined };
}

function deadLetterSpec(spec: QueueSpec, name: string): QueueSpec {
  return {
    ...spec,
    name,
    topic: `dlx-${spec.name}`,
    exchangeKind: 'fanout',
    routingKeys: [''],
    deadLetterQueue: undefined,
  };
}
