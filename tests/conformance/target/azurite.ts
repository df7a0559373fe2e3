import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { send } from './client.ts';
import { eventually } from './eventually.ts';
import { freePorts } from './free-ports.ts';

/** The vendor's emulator of blob storage, its blobs in memory. */
export type Azurite = { endpoint: string; accountName: string; accountKey: string; close(): Promise<void> };

/** It is a large program: on a busy machine it takes its time. */
const STARTS_WITHIN_MS = 60_000;

/** The account that every Azurite has, and its published key. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export async function startAzurite(): Promise<Azurite> {
  const [port = 0] = await freePorts(1);
  const endpoint = `http://127.0.0.1:${port}`;
  const program = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js');
  const options = [
    '--inMemoryPersistence',
    '--blobHost',
    '127.0.0.1',
    '--blobPort',
    `${port}`,
    '--skipApiVersionCheck',
  ];
  const server = spawn(process.execPath, [program, ...options], { stdio: 'ignore', cwd: tmpdir() });
  await eventually(() => send(endpoint), STARTS_WITHIN_MS);
  return {
    endpoint,
    accountName: ACCOUNT,
    accountKey: KEY,
    close: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
  };
}
