import { setTimeout as sleep } from 'node:timers/promises';
import type { Disposition, Message } from '../broker/message.ts';
import { runWithPolicy } from '../resiliency/policy.ts';
import { MessageDropped, judgeAnswer } from './app-verdict.ts';
import { deliveryHeaders } from './delivery-headers.ts';
import { wrapRawPayload, type Envelope } from './envelope.ts';
import { readEnvelope } from './event-record.ts';
import { isRawPayload } from './publish-routes.ts';
import type { SubscriberContext } from './subscriber.ts';
import { findRoute } from './subscription.ts';

const REQUEUE_MS = 20;
const CLOUD_EVENT = 'application/cloudevents+json';

/** Brings one message to the app: routed, retried by the inbound policy, and what cannot be handled to the dead letters. */
export async function deliver(context: SubscriberContext, message: Message): Promise<Disposition> {
  try {
    const parcel = openMessage(context, message);
    if (hasExpired(parcel.envelope)) return await leave(context, message);
    const path = findRoute(context.subscription.rules, parcel.envelope);
    if (path === undefined) return await leave(context, message);
    await runWithPolicy(context.policy, (signal) => attempt(context, message, parcel, path, signal), {
      signal: context.stop,
      patience: context.closing,
    });
    return 'ack';
  } catch (error) {
    if (context.closing.aborted) return 'requeue';
    context.log({ level: 'error', msg: 'event failed', topic: message.topic, error: (error as Error).message });
    const isSaved = await context.deadLetter(message);
    return isSaved ? 'ack' : giveBack(context);
  }
}

/**
 * What becomes of a message that failed for good and has no dead letters: thrown away, or back in its queue where the component asks
 * for that, after a breath, as a broker over a network would take.
 */
export async function giveBack({ pubsub, closing }: SubscriberContext): Promise<Disposition> {
  if (!pubsub.isRequeuedInFailure) return 'discard';
  await sleep(REQUEUE_MS, undefined, { signal: closing }).catch(() => undefined);
  return 'requeue';
}

/** A message as the app gets it. */
type Parcel = { envelope: Envelope; data: Buffer };

/** The envelope of a message; raw payloads get one where the subscription asks for it. Throws on what is no JSON object. */
function openMessage({ pubsub, subscription }: SubscriberContext, message: Message): Parcel {
  if (isRawPayload(pubsub.name, subscription.metadata)) {
    const envelope = wrapRawPayload(message.data, subscription.topic, pubsub.name);
    return { envelope, data: Buffer.from(JSON.stringify(envelope)) };
  }
  const envelope = readEnvelope(message.data);
  if (!envelope) throw new Error('error deserializing cloud event');
  return { envelope, data: message.data };
}

/** Whether the envelope says that its time is over. */
export function hasExpired(envelope: Envelope): boolean {
  const { expiration } = envelope;
  return typeof expiration === 'string' && expiration !== '' && Date.parse(expiration) < Date.now();
}

/** A message that is not for the app is done with; it still goes to the dead letters, if there are any. */
async function leave(context: SubscriberContext, message: Message): Promise<Disposition> {
  await context.deadLetter(message);
  return 'ack';
}

async function attempt(
  context: SubscriberContext,
  message: Message,
  { envelope, data }: Parcel,
  path: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const copies = await strike(context, path, envelope);
  for (let copy = 0; copy < copies; copy++) {
    const headers = deliveryHeaders(context.pubsub.name, message.metadata ?? {}, CLOUD_EVENT, envelope);
    const answer = await context.app.post(path, headers, data, signal);
    try {
      judgeAnswer(answer, envelope['id'], message.topic);
    } catch (error) {
      if (!(error instanceof MessageDropped)) throw error;
      context.log({ level: 'warn', msg: 'event dropped', topic: message.topic, id: envelope['id'] });
      if (context.subscription.deadLetterTopic !== '' && !(await context.deadLetter(message))) throw error;
      return;
    }
  }
}

async function strike(context: SubscriberContext, path: string, envelope: Envelope): Promise<number> {
  const effect = context.faults.strike({
    on: 'delivery',
    app: context.appId,
    pubsub: context.pubsub.name,
    topic: context.subscription.topic,
    path,
    type: String(envelope['type']),
  });
  if (!effect) return 1;
  if (effect.delayMs > 0) await sleep(effect.delayMs);
  if (effect.reorder > 0) await context.holdBack(effect.reorder);
  if (effect.failure) {
    const { status = 500, message } = effect.failure;
    judgeAnswer({ status, headers: {}, body: Buffer.from(message) }, envelope['id'], context.subscription.topic);
  }
  return effect.copies;
}
