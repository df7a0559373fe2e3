import type { ApiAnswer, ApiRequest, ApiRoute } from '../api/http.ts';
import { requestMetadata } from '../api/request-metadata.ts';
import { traceOf } from '../api/trace-context.ts';
import { decodeGoJson, goAny, goMap, goSlice, goString, goStruct, type GoType } from '../go-json/decode.ts';
import { badBulk, publishFailed } from './errors.ts';
import { eventBytes } from './event-bytes.ts';
import { findPubSub, isRawPayload, wrap, type PublishContext } from './publish-routes.ts';
import type { BulkEntry, FailedEntry } from './publisher.ts';
import type { PubSub } from './pubsub.ts';

/** `POST /v1.0/publish/bulk/<pubsub>/<topic>`, and the same in its alpha form. */
export function createBulkPublishRoutes(context: PublishContext): ApiRoute[] {
  return ['v1.0', 'v1.0-alpha1'].map((version) => ({
    methods: ['POST', 'PUT'],
    pattern: `/${version}/publish/bulk/:pubsub/*topic`,
    handle: (request, { pubsub = '', topic = '' }) => publishBulk(context, request, pubsub, topic),
  }));
}

async function publishBulk(
  context: PublishContext,
  request: ApiRequest,
  name: string,
  topic: string,
): Promise<ApiAnswer> {
  const metadata = requestMetadata(request.query);
  const pubsub = findPubSub(context, name, metadata);
  const isRaw = isRawPayload(name, metadata);
  const entries = readEntries(context.appId, name, topic, metadata, await request.body());
  const trace = traceOf(request.headers);
  const wrapped = entries.map(({ entryId, data, contentType, metadata: own }) => {
    const draft = { appId: context.appId, pubsub: name, topic, contentType, data, metadata: own ?? {}, ...trace };
    return { entryId, data: isRaw ? data : wrap(pubsub, draft), metadata: own };
  });
  const failed = await context.publisher.publishBulk(pubsub, topic, wrapped);
  return failed.length === 0 ? { status: 204 } : failureAnswer(pubsub, topic, failed);
}

type ReadEntry = BulkEntry & { contentType: string };

/** A map that may be nil. */
function goOptional<T>(type: GoType<T>): GoType<T | undefined> {
  return {
    name: type.name,
    zero: undefined,
    read: (value, place) => (value === null ? undefined : type.read(value, place)),
  };
}

const ENTRIES = goSlice(
  goStruct('http.bulkPublishMessageEntry', {
    entryId: { name: 'entryId', type: goString },
    event: { name: 'event', type: goAny },
    contentType: { name: 'contentType', type: goString },
    metadata: { name: 'metadata', type: goOptional(goMap(goString)) },
  }),
);

/** An entry's metadata stands above the request's, which counts only where an entry has any. */
function readEntries(
  appId: string,
  pubsub: string,
  topic: string,
  requestLevel: Record<string, string>,
  body: Buffer,
): ReadEntry[] {
  const list = attempt(
    () => decodeGoJson(body, ENTRIES),
    (error) => badBulk(pubsub, topic, appId, 'request', error),
  );
  const seen = new Set<string>();
  return list.map(({ entryId, event, contentType, metadata }) => {
    const data = attempt(
      () => eventBytes(event, contentType),
      (error) => badBulk(pubsub, topic, appId, 'envelope', error),
    );
    if (entryId === '' || seen.has(entryId)) {
      throw badBulk(pubsub, topic, appId, 'entries', 'entryId is duplicated or not present for entry');
    }
    seen.add(entryId);
    return { entryId, data, contentType, metadata: metadata ? { ...requestLevel, ...metadata } : null };
  });
}

function attempt<T>(work: () => T, explain: (error: string) => Error): T {
  try {
    return work();
  } catch (error) {
    throw explain((error as Error).message);
  }
}

function failureAnswer(pubsub: PubSub, topic: string, failed: readonly FailedEntry[]): ApiAnswer {
  const body = { failedEntries: failed, errorCode: 'ERR_PUBSUB_PUBLISH_MESSAGE' };
  const { message } = publishFailed(pubsub.name, topic, failed[0]?.error ?? '');
  const error = `api error: code = Internal desc = ${message}`;
  return { status: 500, headers: { 'metadata.responseData': JSON.stringify(body), 'metadata.error': error }, body };
}
