import type { EventData, EventDefinition } from '@commons/contracts';
import type { Dapr } from '../dapr/dapr.ts';
import type { Clock } from '../service/clock.ts';
import { envelopeOf } from './envelope.ts';

/** Publishes an event. `subject` is the id of the thing it is about. @throws where the sidecar or the broker is away. */
export type Announce = <E extends EventDefinition>(event: E, subject: string, data: EventData<E>) => Promise<void>;

/** @param source app-id of the service. */
export function createAnnounce({
  dapr,
  clock,
  source,
}: {
  dapr: Pick<Dapr, 'publish'>;
  clock: Clock;
  source: string;
}): Announce {
  return (event, subject, data) =>
    dapr.publish(event.topic, envelopeOf(event, { source, subject, now: clock.now(), data }));
}
