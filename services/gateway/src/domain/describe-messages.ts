import * as contracts from '@commons/contracts';
import { clientFrames, eventMeta, serverFrames, type EventDefinition, type FrameDefinition } from '@commons/contracts';
import { z } from 'zod';

type Named = Record<string, unknown>;

const EVENTS: readonly EventDefinition[] = Object.values(contracts as Named).filter(isEvent);

/** Frames under names of their own: some types go both ways, each with other data. */
const SAID = serverFrames.map((frame) => ({ name: frame.type, frame }));
const HEARD = clientFrames.map((frame) => ({ name: nameOfHeard(frame), frame }));

function nameOfHeard({ type }: FrameDefinition): string {
  return serverFrames.some((said) => said.type === type) ? `client.${type}` : type;
}

function isEvent(exported: unknown): exported is EventDefinition {
  return typeof exported === 'object' && exported !== null && 'topic' in exported && 'version' in exported;
}

/**
 * An AsyncAPI 3.0 document: the events by their topics, and the frames of the WebSocket, from the very schemas that check
 * them.
 * @param baseUrl of the API, as the reader reaches it.
 */
export function describeMessages(baseUrl: string): Named {
  const { host, protocol, pathname } = new URL(baseUrl);
  const topics = Map.groupBy(EVENTS, ({ topic }) => topic);
  const frames = [...HEARD, ...SAID];
  return {
    asyncapi: '3.0.0',
    info: { title: 'Commons', version: '1.0.0', description: 'Events between services, and frames of the WebSocket' },
    servers: {
      api: { host, pathname, protocol: protocol === 'https:' ? 'wss' : 'ws' },
      broker: { host: 'rabbitmq', protocol: 'amqp', description: "Behind Dapr's pub/sub component `pubsub`" },
    },
    defaultContentType: 'application/json',
    channels: {
      ...Object.fromEntries([...topics].map(([topic, events]) => [topic, topicChannel(topic, events)])),
      ws: channel(
        '/ws',
        'api',
        frames.map(({ name }) => name),
      ),
    },
    operations: {
      ...Object.fromEntries([...topics].map(([topic, events]) => [`tell-${topic}`, topicOperation(topic, events)])),
      hear: operation(
        'receive',
        'ws',
        HEARD.map(({ name }) => name),
      ),
      say: operation(
        'send',
        'ws',
        SAID.map(({ name }) => name),
      ),
    },
    components: {
      messages: Object.fromEntries([
        ...EVENTS.map((event) => [event.type, eventMessage(event)]),
        ...frames.map(({ name, frame }) => [name, frameMessage(frame)]),
      ]) as Named,
    },
  };
}

const topicChannel = (topic: string, events: readonly EventDefinition[]) =>
  channel(
    topic,
    'broker',
    events.map(({ type }) => type),
  );

const topicOperation = (topic: string, events: readonly EventDefinition[]) =>
  operation(
    'send',
    topic,
    events.map(({ type }) => type),
  );

const channel = (address: string, server: string, messages: readonly string[]) => ({
  address,
  servers: [{ $ref: `#/servers/${server}` }],
  messages: Object.fromEntries(messages.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
});

const operation = (action: 'send' | 'receive', of: string, messages: readonly string[]) => ({
  action,
  channel: { $ref: `#/channels/${of}` },
  messages: messages.map((name) => ({ $ref: `#/channels/${of}/messages/${name}` })),
});

/** An event in its CloudEvents 1.0 envelope. */
function eventMessage({ type, version, data }: EventDefinition): Named {
  const envelope = z.object({
    specversion: z.literal('1.0'),
    id: z.string(),
    type: z.literal(type),
    source: z.string().describe('The service that publishes it'),
    subject: z.string().describe('Id of the thing that it is about'),
    time: z.iso.datetime(),
    datacontenttype: z.literal('application/json'),
    traceparent: z.string().optional(),
    data: data.extend({ v: z.literal(version), meta: eventMeta }),
  });
  return { name: type, title: type, contentType: 'application/cloudevents+json', payload: schemaOf(envelope) };
}

function frameMessage({ type, summary, data }: FrameDefinition): Named {
  const isEmpty = Object.keys(data.shape).length === 0;
  const frame = z.object({ type: z.literal(type), id: contracts.frameId.optional(), ...(!isEmpty && { data }) });
  return { name: type, title: type, summary, payload: schemaOf(frame) };
}

function schemaOf(schema: z.ZodType): Named {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  return rest;
}
