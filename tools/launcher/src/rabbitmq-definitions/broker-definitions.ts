import { subscribeDocument } from '@commons/platform';
import type { AnyService } from '@commons/platform';
import { hashPassword } from './hash-password.ts';

/** What RabbitMQ imports at its start (`load_definitions`) or later (`rabbitmqctl import_definitions`). */
export type BrokerDefinitions = {
  vhosts: { name: string }[];
  users?: { name: string; password_hash: string; hashing_algorithm: string; tags: string[] }[];
  permissions?: { user: string; vhost: string; configure: string; write: string; read: string }[];
  exchanges: Declared<{ type: 'fanout'; internal: false }>[];
  queues: Declared<object>[];
  bindings: {
    source: string;
    vhost: string;
    destination: string;
    destination_type: 'queue';
    routing_key: '';
    arguments: object;
  }[];
  policies: {
    vhost: string;
    name: string;
    pattern: string;
    'apply-to': 'queues';
    definition: Record<string, number>;
    priority: number;
  }[];
};

type Declared<More> = { name: string; vhost: string; durable: true; auto_delete: false; arguments: object } & More;

export type BrokerUser = { name: string; password: string };

const vhost = '/';
const pubsub = 'pubsub';
const broadcast = 'broadcast';
/** What holds for queues by their names; where several would, the first. A delivery limit is for quorum queues alone. */
const POLICIES: readonly [name: string, pattern: string, definition: Record<string, number>][] = [
  // A queue that nobody reads goes, and so does what nobody has read: it is news, for those who are connected.
  ['replicas', '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-', { expires: 120_000, 'message-ttl': 60_000 }],
  // What is no event at all comes back here at once and for ever, as there is nowhere else for it to go.
  ['dead-letters', '-dead-letters$', { 'delivery-limit': 100 }],
  // RabbitMQ 4 would throw away what came back twenty times, as from a service that keeps crashing.
  ['events', '.', { 'delivery-limit': 10_000 }],
];

/**
 * The exchanges, queues and bindings of all services, so that RabbitMQ holds what is published before its service has started for the
 * first time; each with the very arguments with which sidecars declare it, or the broker would refuse them. A queue whose name
 * begins with a UUID is of one replica, and goes when nobody has read it for two minutes.
 * A broker that loads definitions at its first start makes no user: give it one here.
 */
export function brokerDefinitions(
  services: readonly AnyService[],
  { user }: { user?: BrokerUser } = {},
): BrokerDefinitions {
  const topics = services.flatMap(topicsOf);
  const queues = topics.filter(({ queue }) => queue !== undefined);
  return {
    vhosts: [{ name: vhost }],
    ...(user && accessOf(user)),
    exchanges: [...new Set(topics.map(({ topic }) => topic))].map((name) => ({
      ...declared(name, {}),
      type: 'fanout',
      internal: false,
    })),
    queues: queues.map(({ queue = '', queueType }) => declared(queue, { 'x-queue-type': queueType })),
    bindings: queues.map(({ topic, queue = '' }) => ({
      source: topic,
      vhost,
      destination: queue,
      destination_type: 'queue',
      routing_key: '',
      arguments: {},
    })),
    policies: POLICIES.map(([name, pattern, definition], index) => ({
      vhost,
      name,
      pattern,
      'apply-to': 'queues',
      definition,
      priority: POLICIES.length - index,
    })),
  };
}

/** The topics of a service, with the queue where replicas share one. */
function topicsOf({ name, subscriptions = [] }: AnyService) {
  return subscribeDocument({ service: name, subscriptions, pubsub, broadcast }).map(
    ({ pubsubname, topic, metadata }) => ({
      topic,
      queue: pubsubname.startsWith(`${pubsub}-`) ? `${name}-${topic}` : undefined,
      queueType: metadata?.['queueType'] ?? 'classic',
    }),
  );
}

function declared(name: string, args: object): Declared<object> {
  return { name, vhost, durable: true, auto_delete: false, arguments: args };
}

function accessOf({ name, password }: BrokerUser) {
  return {
    users: [
      {
        name,
        password_hash: hashPassword(password),
        hashing_algorithm: 'rabbit_password_hashing_sha256',
        tags: ['administrator'],
      },
    ],
    permissions: [{ user: name, vhost, configure: '.*', write: '.*', read: '.*' }],
  };
}
