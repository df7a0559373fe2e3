import type { Broker } from '../broker/broker.ts';
import type { QueueSpec } from '../broker/message.ts';
import { isTruthy, metadataValue, type Component } from '../resources/component.ts';
import { readTopicScopes, type TopicScopes } from './topic-scopes.ts';

/** A pub/sub component as one app uses it. */
export type PubSub = TopicScopes & {
  name: string;
  component: Component;
  broker: Broker;
  /** Whether the broker drops what is too old by itself; if not, Dapr writes `expiration` into the envelope. */
  hasTtl: boolean;
  /** Whether a publisher's metadata travels with the message, to arrive as headers. */
  carriesMetadata: boolean;
  isRequeuedInFailure: boolean;
  /** How many messages a consumer works on at once. */
  concurrency: number;
  /** The broker's name for a topic: with the namespace in front where the component asks for it. */
  brokerTopic(topic: string): string;
  queueFor(topic: string, subscription: Readonly<Record<string, string>>): QueueSpec;
};

/** Where daprd's HTTP client to an app stops opening connections. */
const MAX_CONCURRENCY = 1024;

export const PUBSUB_TYPES: ReadonlySet<string> = new Set(['pubsub.rabbitmq', 'pubsub.in-memory']);

/**
 * What tells brokers apart: the host that the component names, without credentials, which may change and are not to be written down.
 * In memory each component is a broker, unless it names a host.
 */
export function brokerKey(component: Component): string {
  const connection = metadataValue(component, 'connectionString', 'host') ?? metadataValue(component, 'hostname');
  const place = connection === undefined ? undefined : withoutCredentials(connection);
  const port = metadataValue(component, 'port');
  const own = isRabbitMq(component) ? undefined : component.name;
  return [component.type, place ?? own, port].filter((part) => part !== undefined).join(' ');
}

function withoutCredentials(connection: string): string {
  const url = URL.parse(connection);
  return url?.host ? url.host + url.pathname : connection;
}

export function createPubSub(component: Component, broker: Broker, appId: string, namespace: string): PubSub {
  const isRabbit = isRabbitMq(component);
  const brokerTopic = (topic: string): string => (component.isNamespaced ? namespace + topic : topic);
  return {
    name: component.name,
    component,
    broker,
    hasTtl: isRabbit,
    carriesMetadata: !isRabbit,
    isRequeuedInFailure: isTruthy(metadataValue(component, 'requeueInFailure')),
    concurrency: readConcurrency(component, isRabbit),
    brokerTopic,
    queueFor: (topic, subscription) =>
      queueSpec(component, consumerId(component, appId), brokerTopic(topic), subscription),
    ...readTopicScopes(component, appId),
  };
}

/** `{uuid}`: nobody will ever ask for such a queue again, so that it goes with its replica (in RabbitMQ, by a policy). */
const OF_ONE_REPLICA = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The name under which replicas compete for messages: the app id unless the component says otherwise. */
function consumerId(component: Component, appId: string): string {
  return metadataValue(component, 'consumerID')?.trim() || appId;
}

/**
 * The queue of a consumer for a topic. RabbitMQ's defaults for `pubsub.rabbitmq`; in memory a queue outlives its consumers.
 * @throws Error for a type of queue that RabbitMQ does not have; here all are alike.
 */
export function queueSpec(
  component: Component,
  consumer: string,
  topic: string,
  subscription: Readonly<Record<string, string>>,
): QueueSpec {
  const flag = (name: string, standard: boolean): boolean => {
    const value = metadataValue(component, name);
    return value === undefined ? standard : isTruthy(value);
  };
  const type = subscription['queueType'];
  if (isRabbitMq(component) && type && type !== 'classic' && type !== 'quorum')
    throw new Error(`invalid queue type ${type}. Valid types are classic and quorum`);
  const name = subscription['queueName'] || `${consumer}-${topic}`;
  const kind = metadataValue(component, 'exchangeKind');
  return {
    name,
    topic,
    isDurable: flag('durable', true),
    isAutoDeleted: flag('deletedWhenUnused', isRabbitMq(component)) || OF_ONE_REPLICA.test(consumer),
    exchangeKind: kind === 'direct' || kind === 'topic' ? kind : 'fanout',
    routingKeys: (subscription['routingKey'] ?? '').split(','),
    maxLength: Number(metadataValue(component, 'maxLen') ?? 0) || undefined,
    deadLetterQueue: flag('enableDeadLetter', false) ? `dlq-${name}` : undefined,
  };
}

/** In memory one at a time, as Dapr's own bus hands them out; RabbitMQ up to `prefetchCount`. */
function readConcurrency(component: Component, isRabbit: boolean): number {
  const mode = metadataValue(component, 'concurrency') ?? (isRabbit ? 'parallel' : 'single');
  const prefetch = Number(metadataValue(component, 'prefetchCount') ?? 0);
  if (mode === 'single') return 1;
  return prefetch > 0 ? Math.min(prefetch, MAX_CONCURRENCY) : MAX_CONCURRENCY;
}

function isRabbitMq({ type }: Component): boolean {
  return type === 'pubsub.rabbitmq';
}
