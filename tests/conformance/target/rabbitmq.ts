import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as parts from '@commons/launcher/parts';
import { freePorts } from './free-ports.ts';
import { targetKind } from './target.ts';

/** A RabbitMQ of its own for real sidecars; the harness needs none, and only its address counts. */
export type RabbitMq = { connectionString: string; close(): Promise<void> };

const user = 'conformance';
const password = 'conformance';

export async function startRabbitMq(): Promise<RabbitMq> {
  if (targetKind === 'harness') {
    const [port = 0] = await freePorts(1);
    return { connectionString: `amqp://${user}:${password}@127.0.0.1:${port}`, close: async () => {} };
  }
  const folder = await mkdtemp(join(tmpdir(), 'conformance-rabbitmq-'));
  const definitionsFile = join(folder, 'no-definitions.json');
  await writeFile(definitionsFile, '{}');
  const dataDir = join(folder, 'broker');
  const broker = await parts.startRabbitmq({ dataDir, user, password, definitionsFile, say: console.error });
  return {
    connectionString: broker.connectionString,
    close: async () => {
      await broker.stop();
      await rm(folder, { recursive: true });
    },
  };
}
