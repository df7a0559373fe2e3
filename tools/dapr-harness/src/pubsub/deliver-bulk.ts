import { randomUUID } from 'node:crypto';
import type { Disposition, Message } from '../broker/message.ts';
import { runWithPolicy } from '../resiliency/policy.ts';
import { collectBatches } from './collect-batches.ts';
import { giveBack, hasExpired } from './deliver.ts';
import { readEnvelope } from './event-record.ts';
import { isRawPayload } from './publish-routes.ts';
import { postBulk, type BulkItem } from './post-bulk.ts';
import type { SubscriberContext } from './subscriber.ts';
import { findRoute, type BulkSubscribe } from './subscription.ts';

/** A message of a batch: what is wrong with it so far, and whether that is settled. */
type Item = BulkItem & { message: Message; path: string | undefined; error: Error | undefined };

/** Takes messages one by one and brings them to the app many at a time. */
export function createBulkCollector(
  context: SubscriberContext,
  bulk: BulkSubscribe,
): (message: Message) => Promise<Disposition> {
  return collectBatches(bulk, (messages) => deliverBatch(context, messages));
}

async function deliverBatch(context: SubscriberContext, messages: readonly Message[]): Promise<Disposition[]> {
  const items = await Promise.all(messages.map((message) => prepare(context, message)));
  const byPath = Map.groupBy(items, ({ path }) => path);
  for (const [path, group] of byPath) {
    if (path !== undefined) await deliverGroup(context, path, group);
  }
  if (context.closing.aborted) return items.map(({ error }) => (error ? 'requeue' : 'ack'));
  return Promise.all(items.map((item) => settle(context, item)));
}

/**
 * Finds the route of a message. One that no rule wants goes to the dead letters and, by an oversight of daprd that callers may meet,
 * to the app's root as well.
 */
async function prepare(context: SubscriberContext, message: Message): Promise<Item> {
  const { pubsub, subscription } = context;
  const base = { entryId: randomUUID(), message, metadata: message.metadata, error: undefined, path: undefined };
  try {
    const isRaw = isRawPayload(pubsub.name, subscription.metadata);
    const item = isRaw ? rawItem(base, message) : eventItem(base, message);
    if (!isRaw && hasExpired(item.event as Record<string, unknown>)) return await leave(context, item);
    const path = findRoute(subscription.rules, isRaw ? message.data.toString() : item.event);
    if (path === undefined) await leave(context, item);
    return { ...item, path: path ?? '' };
  } catch (error) {
    return { ...base, event: null, contentType: '', error: error as Error };
  }
}

type Base = Omit<Item, 'event' | 'contentType'>;

function rawItem(base: Base, { data }: Message): Item {
  return { ...base, event: data.toString('base64'), contentType: 'application/octet-stream' };
}

function eventItem(base: Base, { data }: Message): Item {
  const event = readEnvelope(data);
  if (!event) throw new Error('error deserializing cloud event');
  return { ...base, event, contentType: 'application/cloudevents+json' };
}

async function leave(context: SubscriberContext, item: Item): Promise<Item> {
  await context.deadLetter(item.message);
  return item;
}

/** Sends a group under the inbound policy; only what failed is sent again. */
async function deliverGroup(context: SubscriberContext, path: string, group: readonly Item[]): Promise<void> {
  let left = group;
  const attempt = async (signal: AbortSignal | undefined): Promise<void> => {
    for (const item of left) item.error = new Error('no answer');
    const verdicts = await postBulk(context, path, left, signal);
    for (const item of left) {
      const verdict = verdicts.get(item.entryId);
      item.error = verdict instanceof Error ? verdict : undefined;
      if (verdict === 'dropped') await context.deadLetter(item.message);
    }
    left = left.filter(({ error }) => error !== undefined);
    if (left.length > 0)
      throw left[0]?.error ?? new Error('few message(s) have failed during bulk subscribe operation');
  };
  const limits = { signal: context.stop, patience: context.closing };
  await runWithPolicy(context.policy, attempt, limits).catch((error: unknown) => {
    for (const item of left) item.error = error as Error;
  });
}

async function settle(context: SubscriberContext, { message, error }: Item): Promise<Disposition> {
  if (!error) return 'ack';
  context.log({ level: 'error', msg: 'event failed', topic: message.topic, error: error.message });
  if (await context.deadLetter(message)) return 'ack';
  return giveBack(context);
}
