import { randomUUID } from 'node:crypto';
import { decodeGoJson, goAny, goMap } from '../go-json/decode.ts';

/** A CloudEvent as Dapr makes and reads it. */
export type Envelope = Record<string, unknown>;

/** What an event is made of. `metadata` holds the request's `metadata.*`, with the overrides `cloudevent.*` in any case. */
export type EventDraft = {
  appId: string;
  pubsub: string;
  topic: string;
  contentType: string;
  data: Buffer;
  traceparent: string;
  tracestate: string;
  metadata: Readonly<Record<string, string>>;
};

const DEFAULT_TYPE = 'com.dapr.event.sent';
const DEFAULT_SOURCE = 'Dapr';

declare global {
  interface JSON {
    rawJSON(text: string): unknown;
  }
}

/** Wraps data into a CloudEvent, or completes one that is already; gives its JSON. Throws when a CloudEvent does not parse. */
export function createEnvelope(draft: EventDraft, expiration: string | undefined): Buffer {
  if (isCloudEventType(draft.contentType)) return completeEnvelope(draft, expiration);
  const overrides = lowerKeys(draft.metadata);
  const trace = overrides['cloudevent.traceparent'] || overrides['cloudevent.traceid'] || draft.traceparent;
  const subject = overrides['cloudevent.subject'];
  const contentType = draft.contentType || 'text/plain';
  const head = {
    id: overrides['cloudevent.id'] || randomUUID(),
    specversion: '1.0',
    datacontenttype: contentType,
    source: (overrides['cloudevent.source'] ?? draft.appId) || DEFAULT_SOURCE,
    type: overrides['cloudevent.type'] || DEFAULT_TYPE,
    topic: draft.topic,
    pubsubname: draft.pubsub,
    traceid: trace,
    traceparent: trace,
    tracestate: overrides['cloudevent.tracestate'] ?? draft.tracestate,
    time: rfc3339(new Date()),
    ...(subject && { subject }),
    ...(expiration !== undefined && { expiration }),
  };
  return Buffer.from(`${JSON.stringify(head).slice(0, -1)},${dataMember(contentType, draft.data)}}`);
}

/** The envelope that a subscriber of raw payloads gets: of a new id, without a time, the data in base64. */
export function wrapRawPayload(data: Buffer, topic: string, pubsub: string): Envelope {
  return {
    id: randomUUID(),
    specversion: '1.0',
    datacontenttype: 'application/octet-stream',
    source: DEFAULT_SOURCE,
    type: DEFAULT_TYPE,
    topic,
    pubsubname: pubsub,
    data_base64: data.toString('base64'),
  };
}

/** RFC 3339 without fractions of a second. */
export function rfc3339(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** Whether a content type is `application/json`, which is what Dapr embeds as JSON. */
export function isJsonType(contentType: string): boolean {
  return mediaType(contentType) === 'application/json';
}

/** Whether a content type says CloudEvent. */
export function isCloudEventType(contentType: string): boolean {
  return mediaType(contentType) === 'application/cloudevents+json';
}

/** Whether a content type says bytes. */
export function isBinaryType(contentType: string): boolean {
  return mediaType(contentType) === 'application/octet-stream';
}

/** The caller's fields stay; topic and pub/sub are ours; what is missing gets its default, except the id. */
function completeEnvelope(draft: EventDraft, expiration: string | undefined): Buffer {
  decodeGoJson(draft.data, goMap(goAny));
  const event = parseExactly(draft.data.toString()) as Envelope;
  event['time'] ??= rfc3339(new Date());
  if (!('traceid' in event)) {
    event['traceid'] = draft.traceparent;
    event['traceparent'] = draft.traceparent;
  }
  if (!('tracestate' in event)) event['tracestate'] = draft.tracestate;
  event['topic'] = draft.topic;
  event['pubsubname'] = draft.pubsub;
  event['source'] ??= DEFAULT_SOURCE;
  event['type'] ??= DEFAULT_TYPE;
  event['specversion'] ??= '1.0';
  if (expiration !== undefined) event['expiration'] = expiration;
  return Buffer.from(JSON.stringify(event));
}

/** The text of the `data` member. JSON goes in as it was written, so that no number loses a digit. */
function dataMember(contentType: string, data: Buffer): string {
  const isProtobuf = mediaType(contentType) === 'application/cloudevents+protobuf';
  if (isBinaryType(contentType) || isProtobuf) return `"data_base64":"${data.toString('base64')}"`;
  const text = data.toString();
  return `"data":${isJsonType(contentType) && isJson(text) ? text : JSON.stringify(text)}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Parses JSON, keeping numbers too long for a double as they are written. */
function parseExactly(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  const keep = (_key: string, value: unknown, { source }: { source?: string }): unknown =>
    typeof value === 'number' && source !== undefined ? JSON.rawJSON(source) : value;
  return JSON.parse(text, keep as (key: string, value: unknown) => unknown);
}

function mediaType(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
}

function lowerKeys(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key.toLowerCase(), value]));
}
