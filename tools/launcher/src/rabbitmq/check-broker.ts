import { connect } from 'amqplib';
import type { ChannelModel } from 'amqplib';

/** It does not answer; it serves all that it should; it answers, but has not taken its definitions. */
export type BrokerState = 'away' | 'serving' | 'incomplete';

const connectsWithinMs = 5_000;
const notFound = '404';

/** Asks a broker as its user for its queues. One that listens has read its definitions before. */
export async function checkBroker(connectionString: string, queues: readonly string[]): Promise<BrokerState> {
  let connection: ChannelModel | undefined;
  try {
    connection = await connect(connectionString, { timeout: connectsWithinMs });
    connection.on('error', () => undefined);
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    for (const queue of queues) await channel.checkQueue(queue);
    return 'serving';
  } catch (error) {
    return String(error).includes(notFound) ? 'incomplete' : 'away';
  } finally {
    await connection?.close().catch(() => undefined);
  }
}
