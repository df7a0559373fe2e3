import { connect, type ChannelModel, type ConfirmChannel, type Options } from 'amqplib';

/** A message as it lay in the broker. */
export type Message = { exchange: string; body: Buffer; properties: Options.Publish };

export type Broker = {
  /** Messages that wait in a queue; those that a consumer has in hand are not among them. */
  depth(queue: string): Promise<number>;
  /** How many read a queue. */
  consumers(queue: string): Promise<number>;
  /** Puts messages into one queue, past its exchange. Resolves when the broker has them all. */
  fill(queue: string, messages: readonly Message[]): Promise<void>;
  /** Publishes messages to their exchanges again. */
  publish(messages: readonly Message[]): Promise<void>;
  /** Takes all that waits in a queue and puts it back as `arrange` says. Gives how many there were. */
  rearrange(queue: string, arrange: (messages: Message[]) => Message[]): Promise<number>;
  /** A queue that gets a copy of everything that is published to some exchanges, until the connection ends. */
  tap(
    exchanges: readonly string[],
    onMessage: (message: Message) => void,
  ): Promise<{ closed: Promise<void>; close(): Promise<void> }>;
};

/** So many are sent before the broker is waited for. */
const BATCH = 500;

/** The broker itself, beside Dapr. @param url of AMQP, with user and password. */
export function createBroker(url: string): Broker {
  return {
    depth: (queue) => withChannel(url, async (channel) => (await channel.checkQueue(queue)).messageCount),
    consumers: (queue) => withChannel(url, async (channel) => (await channel.checkQueue(queue)).consumerCount),
    fill: (queue, messages) =>
      withChannel(url, (channel) =>
        sendAll(channel, messages, ({ body, properties }) => channel.sendToQueue(queue, body, properties)),
      ),
    publish: (messages) =>
      withChannel(url, (channel) =>
        sendAll(channel, messages, ({ exchange, body, properties }) => channel.publish(exchange, '', body, properties)),
      ),
    rearrange: (queue, arrange) => withChannel(url, (channel) => rearrange(channel, queue, arrange)),
    async tap(exchanges, onMessage) {
      const connection = await open(url);
      const closed = new Promise<void>((resolve) => connection.once('close', () => resolve()));
      const channel = await connection.createChannel();
      const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true });
      for (const exchange of exchanges) await channel.bindQueue(queue, exchange, '');
      await channel.consume(queue, (message) => message && onMessage(readMessage(message)), { noAck: true });
      return { closed, close: () => connection.close() };
    },
  };
}

async function open(url: string): Promise<ChannelModel> {
  const connection = await connect(url);
  connection.on('error', () => undefined);
  return connection;
}

async function withChannel<Result>(url: string, work: (channel: ConfirmChannel) => Promise<Result>): Promise<Result> {
  const connection = await open(url);
  try {
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    return await work(channel);
  } finally {
    await connection.close().catch(() => undefined);
  }
}

async function sendAll(
  channel: ConfirmChannel,
  messages: readonly Message[],
  send: (message: Message) => boolean,
): Promise<void> {
  for (let start = 0; start < messages.length; start += BATCH) {
    messages.slice(start, start + BATCH).forEach(send);
    await channel.waitForConfirms();
  }
}

async function rearrange(
  channel: ConfirmChannel,
  queue: string,
  arrange: (messages: Message[]) => Message[],
): Promise<number> {
  const taken: Message[] = [];
  for (let next = await channel.get(queue); next; next = await channel.get(queue)) taken.push(readMessage(next));
  await sendAll(channel, arrange(taken), ({ body, properties }) => channel.sendToQueue(queue, body, properties));
  if (taken.length > 0) channel.ackAll();
  return taken.length;
}

type Received = {
  content: Buffer;
  fields: { exchange: string };
  properties: Options.Publish & { deliveryMode?: unknown };
};

function readMessage({ content, fields, properties }: Received): Message {
  const { contentType, contentEncoding, headers, messageId, type } = properties;
  return {
    exchange: fields.exchange,
    body: content,
    properties: {
      persistent: true,
      ...(contentType !== undefined && { contentType }),
      ...(contentEncoding !== undefined && { contentEncoding }),
      ...(headers !== undefined && { headers }),
      ...(messageId !== undefined && { messageId }),
      ...(type !== undefined && { type }),
    },
  };
}
