import { wrapRawPayload, type Envelope } from './envelope.ts';
import { readEnvelope, type DeadEvent, type EventRecord, type PublishedEvent } from './event-record.ts';

/** Which events are wanted; what is not named may be anything. */
export type EventFilter = { pubsub?: string; topic?: string; type?: string };

/** An event that its subscriber could not handle. */
export type DeadLetter = {
  pubsub: string;
  /** The topic that it was published to. */
  topic: string;
  deadLetterTopic: string;
  /** The subscriber. */
  appId: string;
  envelope: Envelope;
};

/** The envelopes of what was published, the oldest first. Raw payloads are wrapped as a raw subscriber would get them. */
export function listPublished(record: EventRecord, filter: EventFilter): Envelope[] {
  return record
    .listPublished()
    .filter((event) => isOfTopic(event, filter))
    .map(envelopeOf)
    .filter((envelope) => isOfType(envelope, filter));
}

/** What went to a dead-letter topic; `topic` of the filter is the one that it was published to, or the dead-letter topic. */
export function listDead(record: EventRecord, filter: EventFilter): DeadLetter[] {
  return record
    .listDead()
    .filter((event) => isOfTopic(event, filter) || isOfTopic({ ...event, topic: event.deadLetterTopic }, filter))
    .map((event) => toDeadLetter(event, envelopeOf(event)))
    .filter(({ envelope }) => isOfType(envelope, filter));
}

function toDeadLetter({ pubsub, topic, deadLetterTopic, appId }: DeadEvent, envelope: Envelope): DeadLetter {
  return { pubsub, topic, deadLetterTopic, appId, envelope };
}

function isOfTopic(event: PublishedEvent, { pubsub, topic }: EventFilter): boolean {
  return [undefined, event.pubsub].includes(pubsub) && [undefined, event.topic].includes(topic);
}

function isOfType(envelope: Envelope, { type }: EventFilter): boolean {
  return type === undefined || envelope['type'] === type;
}

function envelopeOf({ data, topic, pubsub }: PublishedEvent): Envelope {
  return readEnvelope(data) ?? wrapRawPayload(data, topic, pubsub);
}
