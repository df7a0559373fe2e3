import { setTimeout as sleep } from 'node:timers/promises';
import { DaprError } from '../api/http.ts';
import { messageOf } from '../message-of.ts';
import type { MessageMetadata } from '../broker/message.ts';
import type { FaultBoard } from '../faults/fault-board.ts';
import type { ResiliencyRunner } from '../resiliency/runner.ts';
import type { EventRecord } from './event-record.ts';
import { publishFailed, publishForbidden } from './errors.ts';
import { readTtlMs } from './time-to-live.ts';
import type { PubSub } from './pubsub.ts';

/** Puts messages into a pub/sub under its scopes and its resiliency policy. */
export type Publisher = {
  /** Resolves when the broker has the message (and it is in the journal, where that is kept). Rejects with a DaprError. */
  put(pubsub: PubSub, topic: string, data: Buffer, metadata: MessageMetadata): Promise<void>;
  /** The same for an event of the app, which is remembered. */
  publish(pubsub: PubSub, topic: string, data: Buffer, metadata: MessageMetadata): Promise<void>;
  /** The same for several; gives those that could not be published, after the retries. */
  publishBulk(pubsub: PubSub, topic: string, entries: readonly BulkEntry[]): Promise<FailedEntry[]>;
};

/** One of several events, ready for the broker. */
export type BulkEntry = { entryId: string; data: Buffer; metadata: MessageMetadata };

export type FailedEntry = { entryId: string; error: string };

export type PublisherOptions = {
  appId: string;
  resiliency: ResiliencyRunner;
  faults: FaultBoard;
  record: EventRecord;
};

export function createPublisher({ appId, resiliency, faults, record }: PublisherOptions): Publisher {
  const run = async (pubsub: PubSub, topic: string, operation: () => Promise<void>): Promise<void> => {
    if (!pubsub.mayPublish(topic)) throw publishForbidden(pubsub.name, topic, appId);
    const target = { kind: 'component', type: 'Pubsub', name: pubsub.name, direction: 'outbound' } as const;
    return resiliency.run(target, operation);
  };
  const putOne = async (pubsub: PubSub, topic: string, data: Buffer, metadata: MessageMetadata): Promise<void> => {
    const copies = await strike(faults, appId, pubsub.name, topic);
    for (let copy = 0; copy < copies; copy++) enqueue(pubsub, topic, data, metadata);
  };
  const put: Publisher['put'] = async (pubsub, topic, data, metadata) => {
    await run(pubsub, topic, () => putOne(pubsub, topic, data, metadata)).catch((error: unknown) => {
      throw error instanceof DaprError ? error : publishFailed(pubsub.name, topic, messageOf(error));
    });
  };
  return {
    put,
    publish: async (pubsub, topic, data, metadata) => {
      await put(pubsub, topic, data, metadata);
      record.published({ pubsub: pubsub.name, topic, appId, data });
    },
    publishBulk: async (pubsub, topic, entries) => {
      let left = entries;
      const failed: FailedEntry[] = [];
      const putLeft = async (): Promise<void> => {
        failed.length = 0;
        for (const { entryId, data, metadata } of left) {
          await putOne(pubsub, topic, data, metadata)
            .then(() => record.published({ pubsub: pubsub.name, topic, appId, data }))
            .catch((error: unknown) => failed.push({ entryId, error: messageOf(error) }));
        }
        left = left.filter(({ entryId }) => failed.some((entry) => entry.entryId === entryId));
        if (failed.length > 0) throw new Error(failed[0]?.error);
      };
      return run(pubsub, topic, putLeft).then(
        () => [],
        (error: unknown) => {
          if (error instanceof DaprError) throw error;
          return failed.length > 0 ? failed : left.map(({ entryId }) => ({ entryId, error: messageOf(error) }));
        },
      );
    },
  };
}

function enqueue(pubsub: PubSub, topic: string, data: Buffer, metadata: MessageMetadata): void {
  const ttlMs = pubsub.hasTtl ? readTtlMs(metadata ?? {}) : undefined;
  pubsub.broker.publish({
    topic: pubsub.brokerTopic(topic),
    data,
    metadata: pubsub.carriesMetadata ? metadata : {},
    routingKey: metadata?.['routingKey'] ?? '',
    expiresAt: ttlMs === undefined ? undefined : Date.now() + ttlMs,
  });
}

async function strike(faults: FaultBoard, caller: string, pubsub: string, topic: string): Promise<number> {
  const effect = faults.strike({ on: 'publish', app: caller, caller, pubsub, topic });
  if (!effect) return 1;
  if (effect.delayMs > 0) await sleep(effect.delayMs);
  if (effect.failure) throw new Error(effect.failure.message);
  return effect.copies;
}
