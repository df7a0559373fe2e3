import { setMaxListeners } from 'node:events';
import type { Message, QueueSpec } from '../broker/message.ts';
import type { FaultBoard } from '../faults/fault-board.ts';
import type { Log } from '../log.ts';
import type { Policy } from '../resiliency/policy.ts';
import type { ResiliencyRunner } from '../resiliency/runner.ts';
import type { OwnApp } from '../sidecar/app-channel.ts';
import { createBulkCollector } from './deliver-bulk.ts';
import { deliver } from './deliver.ts';
import type { EventRecord } from './event-record.ts';
import { createHoldBack } from './hold-back.ts';
import type { Publisher } from './publisher.ts';
import type { PubSub } from './pubsub.ts';
import { createTally } from './tally.ts';
import type { Subscription } from './subscription.ts';

/** What the subscriptions of one app share. */
export type SubscriberOptions = {
  appId: string;
  app: OwnApp;
  pubsubs: ReadonlyMap<string, PubSub>;
  publisher: Publisher;
  resiliency: ResiliencyRunner;
  faults: FaultBoard;
  record: EventRecord;
  log: Log;
};

/** What one subscription works with. */
export type SubscriberContext = Omit<SubscriberOptions, 'pubsubs'> & {
  pubsub: PubSub;
  subscription: Subscription;
  policy: Policy | undefined;
  /** Fires when the subscription ends: what fails from now on goes back to its queue. */
  closing: AbortSignal;
  /** Fires when what is still in hand is to be broken off. */
  stop: AbortSignal;
  /** Waits until so many messages are held back; then they go on in reverse order. */
  holdBack(count: number): Promise<void>;
  /** Puts a message into the dead-letter topic; false when there is none or it could not. */
  deadLetter(message: Message): Promise<boolean>;
};

/** The running subscriptions of an app. */
export type RunningSubscriptions = {
  /** Takes no more messages, waits for those in hand at most `graceMs`, and gives the rest back to their queues. */
  end(graceMs: number): Promise<void>;
};

/** Starts delivering. */
export function startSubscriptions(
  options: SubscriberOptions,
  subscriptions: readonly Subscription[],
): RunningSubscriptions {
  const running = subscriptions.flatMap((subscription) => startOne(options, subscription) ?? []);
  return {
    end: async (graceMs) => {
      await Promise.all(running.map((one) => one.end(graceMs)));
    },
  };
}

function startOne(options: SubscriberOptions, subscription: Subscription): RunningSubscriptions | undefined {
  const { pubsub: name, topic, bulk } = subscription;
  const pubsub = options.pubsubs.get(name);
  if (!pubsub?.maySubscribe(topic)) {
    const msg = pubsub ? 'subscription is not allowed' : 'subscription to an unknown pubsub';
    options.log({ level: 'error', msg, pubsub: name, topic });
    return undefined;
  }
  const closing = new AbortController();
  const stop = new AbortController();
  setMaxListeners(0, closing.signal, stop.signal);
  const context = createContext(options, pubsub, subscription, { closing: closing.signal, stop: stop.signal });
  const inHand = createTally();
  const handle = bulk ? createBulkCollector(context, bulk) : (message: Message) => deliver(context, message);
  const queue = queueOf(options, pubsub, subscription);
  if (!queue) return undefined;
  const cancel = pubsub.broker.consume(queue, {
    prefetch: Math.max(pubsub.concurrency, bulk?.maxMessagesCount ?? 1),
    handle: (message) => inHand.track(handle(message)),
  });
  return {
    end: async (graceMs) => {
      closing.abort();
      cancel();
      await inHand.settled(graceMs);
      stop.abort();
    },
  };
}

function queueOf({ log }: SubscriberOptions, pubsub: PubSub, { topic, metadata }: Subscription): QueueSpec | undefined {
  try {
    return pubsub.queueFor(topic, metadata);
  } catch (error) {
    log({ level: 'error', msg: 'subscription failed', pubsub: pubsub.name, topic, error: String(error) });
    return undefined;
  }
}

function createContext(
  options: SubscriberOptions,
  pubsub: PubSub,
  subscription: Subscription,
  signals: { closing: AbortSignal; stop: AbortSignal },
): SubscriberContext {
  const target = { kind: 'component', type: 'Pubsub', name: pubsub.name, direction: 'inbound' } as const;
  return {
    ...options,
    ...signals,
    pubsub,
    subscription,
    policy: options.resiliency.policyOf(target),
    holdBack: createHoldBack(),
    deadLetter: (message) => sendToDeadLetter(options, pubsub, subscription, message),
  };
}

async function sendToDeadLetter(
  { appId, publisher, record, log }: SubscriberOptions,
  pubsub: PubSub,
  { topic, deadLetterTopic }: Subscription,
  { data, metadata }: Message,
): Promise<boolean> {
  if (deadLetterTopic === '') return false;
  try {
    await publisher.put(pubsub, deadLetterTopic, data, metadata);
    record.deadLettered({ pubsub: pubsub.name, topic, deadLetterTopic, appId, data });
    return true;
  } catch (error) {
    log({ level: 'error', msg: 'event lost its way to the dead letters', deadLetterTopic, error: String(error) });
    return false;
  }
}
