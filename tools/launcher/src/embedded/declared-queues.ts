import type { DeclaredQueue } from '@commons/dapr-harness';
import { subscribeDocument } from '@commons/platform';
import type { AnyService } from '@commons/platform';

const pubsub = 'pubsub';
const broadcast = 'broadcast';

/** The queues of all services, so that each holds what is published before its service has started for the first time. */
export function declaredQueues(services: readonly AnyService[]): DeclaredQueue[] {
  return services.flatMap(({ name, subscriptions = [] }) =>
    subscribeDocument({ service: name, subscriptions, pubsub, broadcast })
      .filter(({ pubsubname }) => pubsubname.startsWith(`${pubsub}-`))
      .map(({ pubsubname, topic }) => ({ pubsub: pubsubname, topic, consumerId: name })),
  );
}
