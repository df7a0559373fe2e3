import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { writeWhole } from '../data-folder/write-whole.ts';
import { LaunchProblem } from '../launch-problem.ts';
import { endLeftover } from '../processes/end-leftover.ts';
import { keepLogSmall } from '../processes/keep-log-small.ts';
import { keptPort, lastPort } from '../processes/kept-port.ts';
import { startGuarded } from '../processes/start-guarded.ts';
import type { GuardedProcess } from '../processes/start-guarded.ts';
import { locateRedis } from './locate-redis.ts';
import { answersPing } from './ping-redis.ts';
import { redisConfiguration } from './redis-configuration.ts';

export type StartRedisOptions = {
  /** Where its data, its configuration, its port, its pid and its log are kept. */
  dataDir: string;
  /** Without it nobody gets in. */
  password: string;
  /** Takes part in finding a redis-server: PATH, XDG_CACHE_HOME. */
  env?: NodeJS.ProcessEnv;
  /** Tells the user what takes long. */
  say?: (line: string) => void;
  /** Folders in which an installed redis-server is looked for. Default: the PATH. */
  installedIn?: readonly string[];
};

export type RunningRedis = {
  /** Address and port, as Dapr's `redisHost` takes them. */
  host: string;
  port: number;
  /** Its exit code, when it has ended for whatever reason. */
  exited: Promise<number>;
  stop(): Promise<void>;
};

const startsWithinMs = 60_000;

/**
 * Starts a Redis of our own on loopback, on the same port as last time if that is free. What it acknowledged it keeps.
 * @throws LaunchProblem when there is no redis-server, or it does not take its files
 */
export async function startRedis({
  dataDir,
  password,
  env = process.env,
  say = () => undefined,
  installedIn,
}: StartRedisOptions): Promise<RunningRedis> {
  const program = await locateRedis({ env, say, installedIn });
  const folder = resolve(dataDir);
  const files = {
    data: join(folder, 'data'),
    configuration: join(folder, 'redis.conf'),
    port: join(folder, 'port'),
    pid: join(folder, 'redis.pid'),
    log: join(folder, 'redis.log'),
  };
  await mkdir(files.data, { recursive: true });
  // It calls itself by where it listens, not by its folder.
  await endLeftover({ pidFile: files.pid, folder: `127.0.0.1:${await lastPort(files.port)}` });
  await keepLogSmall(files.log);

  const port = await keptPort(files.port);
  await writeWhole(files.configuration, redisConfiguration({ folder: files.data, port, password }));
  const redis = startGuarded({
    command: program.command,
    args: [files.configuration],
    env: { ...env, ...program.env },
    logFile: files.log,
    pidFile: files.pid,
  });
  await waitUntilReady(redis, { port, password, log: files.log });
  return { host: `127.0.0.1:${port}`, port, exited: redis.exited, stop: () => redis.stop() };
}

type Awaited = { port: number; password: string; log: string };

async function waitUntilReady(redis: GuardedProcess, { port, password, log }: Awaited): Promise<void> {
  let hasExited = false;
  void redis.exited.then(() => (hasExited = true));
  const end = Date.now() + startsWithinMs;
  while (!hasExited && Date.now() < end) {
    if (await answersPing(port, password)) return;
    await delay(20);
  }
  await redis.stop();
  throw new LaunchProblem(`Redis, which keeps state, did not start: see ${log}, then try again.`);
}
