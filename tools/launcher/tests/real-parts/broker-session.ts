import { connect } from 'amqplib';
import type { ConfirmChannel } from 'amqplib';

/** The queue of the definitions below. */
const queue = 'reader-greetings';

/** One topic with one durable quorum queue, in RabbitMQ's format. */
export const definitions = {
  exchanges: [
    {
      name: 'greetings',
      vhost: '/',
      type: 'fanout',
      durable: true,
      auto_delete: false,
      internal: false,
      arguments: {},
    },
  ],
  queues: [{ name: queue, vhost: '/', durable: true, auto_delete: false, arguments: { 'x-queue-type': 'quorum' } }],
  bindings: [
    {
      source: 'greetings',
      vhost: '/',
      destination: queue,
      destination_type: 'queue',
      routing_key: '',
      arguments: {},
    },
  ],
  policies: [],
};

/** Sends a message to the topic, which the broker has acknowledged when this settles. */
export function publish(connectionString: string, text: string): Promise<void> {
  return onChannel(connectionString, async (channel) => {
    channel.publish('greetings', '', Buffer.from(text), { persistent: true });
    await channel.waitForConfirms();
  });
}

/** Takes one message from the queue. */
export function take(connectionString: string): Promise<string | undefined> {
  return onChannel(connectionString, async (channel) => {
    const message = await channel.get(queue);
    if (message === false) return undefined;
    channel.ack(message);
    return message.content.toString();
  });
}

async function onChannel<Result>(
  connectionString: string,
  action: (channel: ConfirmChannel) => Promise<Result>,
): Promise<Result> {
  const connection = await connect(connectionString);
  connection.on('error', () => undefined);
  try {
    const channel = await connection.createConfirmChannel();
    const result = await action(channel);
    await channel.close();
    return result;
  } finally {
    await connection.close();
  }
}
