import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { LaunchProblem } from '../launch-problem.ts';
import { endLeftover } from '../processes/end-leftover.ts';
import { waitForPort } from '../processes/free-port.ts';
import { keptPort } from '../processes/kept-port.ts';
import { startGuarded } from '../processes/start-guarded.ts';
import type { GuardedProcess } from '../processes/start-guarded.ts';

export type StartAzuriteOptions = {
  /** Where its blobs, its pid and its log are kept. */
  dataDir: string;
  /** Key of the one account, in base64; the same each time. */
  accountKey: string;
  env?: NodeJS.ProcessEnv;
};

export type RunningAzurite = {
  /** What `@azure/storage-blob` takes. */
  connectionString: string;
  /** Settles when it answers, which takes it a second or two. @throws LaunchProblem when it does not start */
  ready: Promise<void>;
  /** Its exit code, when it has ended for whatever reason. */
  exited: Promise<number>;
  stop(): Promise<void>;
};

const account = 'commons';
const program = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js');

/** Starts Azurite, which speaks Azure Blob Storage's protocol, on loopback, on the same port as last time if that is free. */
export async function startAzurite({
  dataDir,
  accountKey,
  env = process.env,
}: StartAzuriteOptions): Promise<RunningAzurite> {
  const files = {
    blobs: join(dataDir, 'content'),
    port: join(dataDir, 'port'),
    pid: join(dataDir, 'azurite.pid'),
    log: join(dataDir, 'azurite.log'),
  };
  await mkdir(files.blobs, { recursive: true });
  await endLeftover({ pidFile: files.pid, folder: files.blobs });

  const port = await keptPort(files.port);
  const azurite = startGuarded({
    command: process.execPath,
    args: [program, ...argumentsFor(files.blobs, port)],
    env: {
      NODE_COMPILE_CACHE: join(cacheFolder(env), 'compile'),
      ...env,
      AZURITE_ACCOUNTS: `${account}:${accountKey}`,
    },
    logFile: files.log,
    pidFile: files.pid,
  });
  const ready = waitUntilReady(azurite, port, files.log);
  // Whoever waits for it learns of its failure; it is no unhandled one before that.
  ready.catch(() => undefined);
  return {
    connectionString: connectionString(port, accountKey),
    ready,
    exited: azurite.exited,
    stop: () => azurite.stop(),
  };
}

async function waitUntilReady(azurite: GuardedProcess, port: number, log: string): Promise<void> {
  let hasExited = false;
  void azurite.exited.then(() => (hasExited = true));
  if (await waitForPort(port, 60_000, () => hasExited)) return;
  throw new LaunchProblem(`Azurite, which keeps images, did not start: see ${log}, then try again.`);
}

function argumentsFor(location: string, port: number): string[] {
  return [
    ...['--location', location, '--blobHost', '127.0.0.1', '--blobPort', String(port)],
    ...['--silent', '--skipApiVersionCheck', '--disableTelemetry'],
  ];
}

function connectionString(port: number, accountKey: string): string {
  return [
    'DefaultEndpointsProtocol=http',
    `AccountName=${account}`,
    `AccountKey=${accountKey}`,
    `BlobEndpoint=http://127.0.0.1:${port}/${account};`,
  ].join(';');
}
