import { randomUUID } from 'node:crypto';
import type { MessageMetadata } from '../broker/message.ts';
import { decodeGoJson, goSlice, goString, goStruct } from '../go-json/decode.ts';
import { deliveryHeaders } from './delivery-headers.ts';
import type { Envelope } from './envelope.ts';
import type { SubscriberContext } from './subscriber.ts';

/** An event of a batch, as the app gets it. */
export type BulkItem = { entryId: string; event: unknown; metadata: MessageMetadata; contentType: string };

/** What the app made of an event: fine, thrown away, or an error to be tried again. */
export type BulkVerdict = 'handled' | 'dropped' | Error;

const ANSWER = goStruct('pubsub.AppBulkResponse', {
  statuses: {
    name: 'statuses',
    type: goSlice(
      goStruct('pubsub.AppBulkResponseEntry', {
        entryId: { name: 'entryId', type: goString },
        status: { name: 'status', type: goString },
      }),
    ),
  },
});

/** Posts a batch and gives the verdict on each entry; an entry that the app says nothing of is to be tried again. */
export async function postBulk(
  context: SubscriberContext,
  path: string,
  items: readonly BulkItem[],
  signal: AbortSignal | undefined,
): Promise<Map<string, BulkVerdict>> {
  const { pubsub, subscription, app } = context;
  const metadata = { pubsubName: pubsub.name };
  const envelope = {
    id: randomUUID(),
    type: 'com.dapr.event.sent.bulk',
    topic: subscription.topic,
    pubsubname: pubsub.name,
    metadata,
    entries: items.map(({ entryId, event, metadata: own, contentType }) => ({
      entryId,
      event,
      metadata: own,
      contentType,
    })),
  };
  const headers = deliveryHeaders(pubsub.name, {}, 'application/json', lastEnvelope(items));
  const { status, body } = await app.post(path, headers, Buffer.from(JSON.stringify(envelope)), signal);
  const all = (verdict: BulkVerdict) => new Map(items.map(({ entryId }) => [entryId, verdict]));
  if (status === 404) return all('handled');
  if (status < 200 || status > 299) {
    const what = 'Retriable error returned from app while processing bulk pub/sub event';
    return all(new Error(`${what}, topic: ${subscription.topic}. status code returned: ${status}`));
  }
  return readVerdicts(body, items);
}

/** A request has one trace: that of its last event. */
function lastEnvelope(items: readonly BulkItem[]): Envelope {
  const event = items.at(-1)?.event;
  return typeof event === 'object' && event !== null ? (event as Envelope) : {};
}

function readVerdicts(body: Buffer, items: readonly BulkItem[]): Map<string, BulkVerdict> {
  const missing = 'response not received, RETRY required while processing bulk subscribe event for entry id';
  const verdicts = new Map<string, BulkVerdict>(
    items.map(({ entryId }) => [entryId, new Error(`${missing}: ${entryId}`)]),
  );
  const { statuses } = decodeGoJson(body, ANSWER);
  for (const { entryId, status } of statuses) {
    if (verdicts.has(entryId)) verdicts.set(entryId, verdictOf(entryId, status));
  }
  return verdicts;
}

function verdictOf(entryId: string, status: string): BulkVerdict {
  if (status === 'SUCCESS') return 'handled';
  if (status === 'DROP') return 'dropped';
  if (status === '' || status === 'RETRY') {
    return new Error(`RETRY required while processing bulk subscribe event for entry id: ${entryId}`);
  }
  return new Error(`unknown status returned from app while processing bulk subscribe event ${entryId}: ${status}`);
}
