import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const MAINS = { embedded: 'main.ts', dapr: 'dapr-main.ts' };

/**
 * Which of the ways of running is tested: everything in one process, real parts with a daprd beside each service, or the platform that
 * runs on a cluster.
 */
const platformMode = process.env['COMMONS_PLATFORM'] === 'dapr' ? 'dapr' : 'embedded';
const isOnCluster = process.env['COMMONS_PLATFORM'] === 'cluster';

/** Quick passwords and no rate limits: what the tests ask is asked in a hurry. */
const FOR_TESTS = {
  PORT: '0',
  BCRYPT_COST: '4',
  RATE_LIMIT_ADDRESS_PER_SECOND: '0',
  RATE_LIMIT_USER_PER_SECOND: '0',
  ADMIN_USERNAME: 'root',
  ADMIN_PASSWORD: 'correct horse battery',
};

export type PlatformProcess = {
  url: string;
  dataDir: string;
  /** The process that was started; in the mode with real parts, the one that watches over the others. */
  pid: number;
  /** What it has printed until now. */
  output(): string;
  /** Ends it as Ctrl-C does; gives the exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would: kill -9. */
  kill(): Promise<void>;
};

/**
 * Starts the platform as `npm start` does, or `npm run start:dapr`, in a process of its own, on a free port.
 * @param dataDir an earlier one's data, to start on again.
 */
export async function startPlatformProcess({
  dataDir,
  environment = {},
  args = [],
  mode = platformMode,
}: {
  dataDir?: string;
  environment?: Record<string, string>;
  args?: readonly string[];
  mode?: keyof typeof MAINS;
} = {}): Promise<PlatformProcess> {
  if (isOnCluster) return (await import('../../cluster/support/platform-of-cluster.ts')).platformOfCluster();
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'commons-e2e-')));
  const child = spawn(
    process.execPath,
    [
      '--conditions=source',
      '--disable-warning=ExperimentalWarning',
      join(ROOT, 'tools/launcher/src', MAINS[mode]),
      ...args,
    ],
    {
      cwd: ROOT,
      env: { ...withoutJest(process.env), ...FOR_TESTS, DATA_DIR: folder, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const output = collect(child);
  const url = await readyUrl(child, exited, output);
  return {
    url,
    dataDir: folder,
    pid: child.pid ?? 0,
    output,
    async stop() {
      child.kill('SIGINT');
      return (await exited)[0];
    },
    async kill() {
      const others = await partsOf(folder);
      child.kill('SIGKILL');
      others.forEach((pid) => killNow(pid));
      await exited;
    },
  };
}

/** The programs of a platform that has one for each of its parts, the data's own among them. */
async function partsOf(dataDir: string): Promise<number[]> {
  const text = await readFile(join(dataDir, 'run', 'parts.json'), 'utf8').catch(() => '{"parts":[]}');
  const { parts } = JSON.parse(text) as { parts: { pid: number | null }[] };
  return parts.flatMap(({ pid }) => pid ?? []);
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended in between.
  }
}

/** Removes the data of a platform that has stopped; a cluster keeps its own. */
export const removeData = async (dataDir: string): Promise<void> => {
  if (!isOnCluster) await rm(dataDir, { recursive: true, force: true, maxRetries: 10 });
};

/** Jest's own options for Node are not the platform's. */
function withoutJest({ NODE_OPTIONS: _, NODE_ENV: __, ...rest }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return rest;
}

function collect(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return () => output;
}

function readyUrl(child: ChildProcess, exited: Promise<[number | null]>, output: () => string): Promise<string> {
  const ready = new Promise<string>((resolve) => {
    child.stdout?.on('data', () => {
      const url = /ready at (http:\/\/\S+)/.exec(output())?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  const died = exited.then(([code]) => {
    throw new Error(`the platform ended with ${code} before it was ready:\n${output()}`);
  });
  return Promise.race([ready, died]);
}
