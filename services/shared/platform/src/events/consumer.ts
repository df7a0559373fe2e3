import { SpanKind, type Tracer } from '@opentelemetry/api';
import type { EventDefinition, ReceivedData } from '@commons/contracts';
import type { Connection } from 'mongoose';
import { ZodError } from 'zod';
import { withRequest, type RequestContext } from '../http/request-context.ts';
import type { Logger } from '../log/logger.ts';
import type { RunTransaction } from '../mongo/transaction.ts';
import type { ServiceMetrics } from '../observability/metrics.ts';
import { inAllTurns, type KeyedQueue } from '../service/keyed-queue.ts';
import { contextFrom, inSpan } from '../observability/tracing.ts';
import { parseData, type ReceivedEnvelope } from './envelope.ts';
import { AlreadyHandled, noteHandled } from './inbox.ts';
import type { Subscription } from './subscription.ts';

/** What became of a delivery. `poison` events can never be handled and go to the dead letters at once. */
export type Outcome = 'handled' | 'repeated' | 'poison' | 'failed';

export type ConsumerHost<Context> = {
  ctx: Context;
  db: Connection | undefined;
  transaction: RunTransaction;
  queue: KeyedQueue;
  tracer: Tracer;
  log: Logger;
  metrics: ServiceMetrics;
};

/** Handles one delivery of an event, at most once in effect. */
export async function consume<Context>(
  subscription: Subscription<Context>,
  envelope: ReceivedEnvelope,
  host: ConsumerHost<Context>,
): Promise<Outcome> {
  const { type } = subscription.event;
  const span = {
    kind: SpanKind.CONSUMER,
    parent: contextFrom(envelope),
    attributes: { 'messaging.message.id': envelope.id },
  };
  return withRequest(requestOf(envelope), () =>
    inSpan(host.tracer, `handle ${type}`, span, async () => {
      const outcome = await attempt(subscription, envelope, host);
      host.metrics.eventHandled(type, outcome, lagSeconds(envelope));
      return outcome;
    }),
  );
}

async function attempt<Context>(
  subscription: Subscription<Context>,
  envelope: ReceivedEnvelope,
  host: ConsumerHost<Context>,
): Promise<Outcome> {
  try {
    const data = parseData(subscription.event, envelope.data);
    if (subscription.delivery === 'broadcast')
      await subscription.handler({ ctx: host.ctx, data, event: envelope } as never);
    else await handleOnce(subscription, envelope, data, host);
    return 'handled';
  } catch (error) {
    if (error instanceof AlreadyHandled) return 'repeated';
    const isPoison = error instanceof ZodError;
    host.log.warn(
      { err: error, event_id: envelope.id, type: envelope.type },
      isPoison ? 'an event cannot be understood' : 'an event could not be handled',
    );
    return isPoison ? 'poison' : 'failed';
  }
}

async function handleOnce<Context>(
  subscription: Subscription<Context>,
  event: ReceivedEnvelope,
  data: ReceivedData<EventDefinition>,
  host: ConsumerHost<Context>,
): Promise<void> {
  const { db } = host;
  if (!db) throw new Error('a service without a database can only listen to broadcasts');
  const work = () =>
    host.transaction(async (tx) => {
      await noteHandled(db, event.id, tx.session);
      await subscription.handler({ ctx: host.ctx, data, event, tx });
    });
  await inAllTurns(host.queue, [subscription.inTurn?.(data) ?? []].flat(), work);
}

/** Work that an event leads to is done in the name of whoever caused the event. */
function requestOf(envelope: ReceivedEnvelope): RequestContext {
  const meta = (
    envelope.data as { meta?: { actor_id?: string | null; ip?: string | null; user_agent?: string | null } } | undefined
  )?.meta;
  return {
    requestId: envelope.id,
    ip: meta?.ip ?? null,
    userAgent: meta?.user_agent ?? null,
    actorId: meta?.actor_id ?? null,
    authorization: null,
    publicBaseUrl: '',
  };
}

function lagSeconds(envelope: ReceivedEnvelope): number {
  const at = Date.parse(envelope.time ?? '');
  return Number.isNaN(at) ? 0 : Math.max(0, (Date.now() - at) / 1000);
}
