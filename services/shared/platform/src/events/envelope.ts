import { randomUUID } from 'node:crypto';
import { eventMeta, type EventData, type EventDefinition, type ReceivedData } from '@commons/contracts';
import { z } from 'zod';
import { currentRequest } from '../http/request-context.ts';
import { traceHeaders } from '../observability/tracing.ts';

/** A CloudEvents 1.0 envelope as we publish it. */
export type Envelope = {
  specversion: '1.0';
  id: string;
  type: string;
  source: string;
  subject: string;
  time: string;
  datacontenttype: 'application/json';
  traceparent?: string;
  tracestate?: string;
  data: Record<string, unknown>;
};

/** Puts an event into its envelope, with who and from where taken from the request in hand. */
export function envelopeOf<E extends EventDefinition>(
  event: E,
  { source, subject, now, data }: { source: string; subject: string; now: Date; data: EventData<E> },
): Envelope {
  const request = currentRequest();
  const meta = {
    actor_id: request?.actorId ?? null,
    ip: request?.ip ?? null,
    user_agent: request?.userAgent ?? null,
  };
  return {
    specversion: '1.0',
    id: randomUUID(),
    type: event.type,
    source,
    subject,
    time: now.toISOString(),
    datacontenttype: 'application/json',
    ...traceHeaders(),
    data: { v: event.version, ...data, meta },
  };
}

/** What a consumer needs of an envelope that came in. */
export const receivedEnvelope = z.looseObject({
  id: z.string().min(1),
  type: z.string(),
  source: z.string(),
  subject: z.string().optional(),
  time: z.string().optional(),
  topic: z.string().optional(),
  traceparent: z.string().optional(),
  tracestate: z.string().optional(),
  data: z.unknown(),
});
export type ReceivedEnvelope = z.infer<typeof receivedEnvelope>;

/** Checks an event's data against its definition. @throws ZodError where it does not fit: a poison event. */
export function parseData<E extends EventDefinition>(event: E, data: unknown): ReceivedData<E> {
  const schema = event.data.extend({ v: z.number(), meta: eventMeta });
  return schema.parse(data) as unknown as ReceivedData<E>;
}
