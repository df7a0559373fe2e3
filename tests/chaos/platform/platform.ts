import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeData, startPlatformProcess } from '../../end-to-end/support/platform-process.ts';
import { createParts, type Parts } from './parts.ts';
import { topologyOf, type Topology } from './topology.ts';

/** The platform on real parts, and what one has to know of it to disturb it. */
export type ChaosPlatform = {
  url: string;
  dataDir: string;
  parts: Parts;
  topology: Topology;
  brokerUrl: string;
  stop(): Promise<void>;
};

/** Starts it, on a data folder that is kept or on one that is removed at the end. */
export async function startChaosPlatform(keptFolder: string | undefined): Promise<ChaosPlatform> {
  const { url, dataDir, stop } = await startPlatformProcess({
    mode: 'dapr',
    ...(keptFolder !== undefined && { dataDir: keptFolder }),
  });
  const read = async <Content>(...path: string[]): Promise<Content> =>
    JSON.parse(await readFile(join(dataDir, ...path), 'utf8')) as Content;
  const secrets = await read<Record<string, string>>('secrets.json');
  return {
    url,
    dataDir,
    parts: createParts(dataDir),
    topology: topologyOf(await read('run', 'broker-definitions.json')),
    brokerUrl: secrets['rabbitmq-connection-string'] ?? '',
    async stop() {
      await stop();
      if (keptFolder === undefined) await removeData(dataDir);
    },
  };
}
