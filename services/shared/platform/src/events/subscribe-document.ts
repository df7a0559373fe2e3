import type { Subscription } from './subscription.ts';

export type DaprSubscription = {
  pubsubname: string;
  topic: string;
  deadLetterTopic?: string;
  /** What the broker's component should know, e.g. the type of the queue. */
  metadata?: Record<string, string>;
  routes: { rules: { match: string; path: string }[]; default: string };
};

/** What must not be lost waits in a queue that a majority of the broker's nodes keep; brokers without such overlook it. */
const KEPT = { queueType: 'quorum' };

export const IGNORED_PATH = '/events/ignored';
export const DEAD_LETTER_PATH = '/events/dead-letters';

/** Path at which the sidecar delivers an event, e.g. `/events/queue/post-events/PostLiked`. */
export const eventPath = ({ delivery, event }: Pick<Subscription<never>, 'delivery' | 'event'>): string =>
  `/events/${delivery}/${event.topic}/${event.type}`;

/** Topic that takes what a service could not handle. It is the service's own, so that a replay reaches nobody else. */
export const deadLetterTopic = (service: string): string => `${service}-dead-letters`;

/**
 * The component by which a topic is read: one of its own, named after it. Dapr's RabbitMQ component (1.18) has one channel for all
 * its subscriptions, and while it connects anew their replies get mixed up, so that some of them hear nothing any more.
 */
const componentFor = (component: string, topic: string): string => `${component}-${topic}`;

/**
 * What `GET /dapr/subscribe` answers: one subscription a topic, routed by event type. Types that nobody here asked for
 * are acknowledged; without the default they would go to the dead letters.
 * @param options.pubsub begins the names of the components that read queues, as `broadcast` does of those for every replica
 */
export function subscribeDocument<Context>(options: {
  service: string;
  subscriptions: readonly Subscription<Context>[];
  pubsub: string;
  broadcast: string;
}): DaprSubscription[] {
  const { service, subscriptions, pubsub, broadcast } = options;
  const groups = Map.groupBy(subscriptions, ({ delivery, event }) => `${delivery} ${event.topic}`);
  const documents = [...groups.values()].map((group) => toDocument(group, service, pubsub, broadcast));
  const isQueueUsed = subscriptions.some(({ delivery }) => delivery === 'queue');
  if (!isQueueUsed) return documents;
  return [
    ...documents,
    {
      pubsubname: componentFor(pubsub, 'dead-letters'),
      topic: deadLetterTopic(service),
      metadata: KEPT,
      routes: { rules: [], default: DEAD_LETTER_PATH },
    },
  ];
}

function toDocument<Context>(
  group: Subscription<Context>[],
  service: string,
  pubsub: string,
  broadcast: string,
): DaprSubscription {
  const [first] = group;
  if (!first) throw new Error('a group of subscriptions is never empty');
  const isQueue = first.delivery === 'queue';
  return {
    pubsubname: componentFor(isQueue ? pubsub : broadcast, first.event.topic),
    topic: first.event.topic,
    ...(isQueue && { deadLetterTopic: deadLetterTopic(service), metadata: KEPT }),
    routes: {
      rules: group.map((subscription) => ({
        match: `event.type == "${subscription.event.type}"`,
        path: eventPath(subscription),
      })),
      default: IGNORED_PATH,
    },
  };
}
