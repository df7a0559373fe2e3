import { connect } from 'amqplib';
import type { ChannelModel } from 'amqplib';

const connectsWithinMs = 5_000;

/**
 * Whether a broker lets its user in and serves all of these queues. One that begins to listen has read its definitions; a quorum
 * queue answers when it has elected its leader, some time after that.
 */
export async function servesQueues(connectionString: string, queues: readonly string[]): Promise<boolean> {
  let connection: ChannelModel | undefined;
  try {
    connection = await connect(connectionString, { timeout: connectsWithinMs });
    connection.on('error', () => undefined);
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    for (const queue of queues) await channel.checkQueue(queue);
    return true;
  } catch {
    return false;
  } finally {
    await connection?.close().catch(() => undefined);
  }
}
