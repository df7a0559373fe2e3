import type { ApiAnswer, ApiRoute } from '../api/http.ts';
import { requestMetadata } from '../api/request-metadata.ts';
import { traceOf } from '../api/trace-context.ts';
import { messageOf } from '../message-of.ts';
import { createEnvelope, rfc3339, type EventDraft } from './envelope.ts';
import { badCloudEvent, badMetadata, publishFailed, pubsubNotFound } from './errors.ts';
import type { Publisher } from './publisher.ts';
import type { PubSub } from './pubsub.ts';
import { readTtlMs } from './time-to-live.ts';

export type PublishContext = { appId: string; pubsubs: ReadonlyMap<string, PubSub>; publisher: Publisher };

/** `POST /v1.0/publish/<pubsub>/<topic>` */
export function createPublishRoute(context: PublishContext): ApiRoute {
  return {
    methods: ['POST', 'PUT'],
    pattern: '/v1.0/publish/:pubsub/*topic',
    handle: async (request, { pubsub: name = '', topic = '' }): Promise<ApiAnswer> => {
      const metadata = requestMetadata(request.query);
      const pubsub = findPubSub(context, name, metadata);
      const body = await request.body().catch((error: unknown) => {
        throw publishFailed(name, topic, messageOf(error));
      });
      const isRaw = isRawPayload(name, metadata);
      const contentType = request.headers['content-type'] ?? '';
      const draft = { appId: context.appId, pubsub: name, topic, contentType, data: body, metadata };
      const data = isRaw ? body : wrap(pubsub, { ...draft, ...traceOf(request.headers) });
      await context.publisher.publish(pubsub, topic, data, metadata);
      return { status: 204 };
    },
  };
}

/** The pub/sub of a request. Throws the 404 of one that the app does not have. */
export function findPubSub(
  { pubsubs }: PublishContext,
  name: string,
  metadata: ReturnType<typeof requestMetadata>,
): PubSub {
  const pubsub = pubsubs.get(name);
  if (!pubsub) throw pubsubNotFound(name, metadata);
  return pubsub;
}

const TRUE_TEXTS = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE_TEXTS = new Set(['', '0', 'f', 'F', 'FALSE', 'false', 'False']);

/** Whether `metadata.rawPayload` asks for no envelope. Throws the 400 of what is no boolean. */
export function isRawPayload(pubsub: string, metadata: Record<string, string>): boolean {
  const text = metadata['rawPayload'] ?? '';
  if (TRUE_TEXTS.has(text)) return true;
  if (FALSE_TEXTS.has(text)) return false;
  throw badMetadata(pubsub, metadata, `rawPayload value must be a valid boolean: actual is '${text}'`);
}

/** The envelope of an event; it expires by itself where the broker does not see to that. */
export function wrap(pubsub: PubSub, draft: EventDraft): Buffer {
  const ttlMs = pubsub.hasTtl ? undefined : readTtlMs(draft.metadata);
  const expiration = ttlMs === undefined ? undefined : rfc3339(new Date(Date.now() + ttlMs));
  try {
    return createEnvelope(draft, expiration);
  } catch (error) {
    throw badCloudEvent(pubsub.name, draft.appId, messageOf(error));
  }
}
