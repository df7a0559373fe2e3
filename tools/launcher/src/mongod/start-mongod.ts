import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchProblem } from '../launch-problem.ts';
import { endLeftover } from '../processes/end-leftover.ts';
import { waitForPort } from '../processes/free-port.ts';
import { keepLogSmall } from '../processes/keep-log-small.ts';
import { keptPort } from '../processes/kept-port.ts';
import { startGuarded } from '../processes/start-guarded.ts';
import type { GuardedProcess } from '../processes/start-guarded.ts';
import { locateMongod } from './locate-mongod.ts';
import { makePrimary, replicaSetName } from './replica-set.ts';
import { makeTempFolder } from './temp-folder.ts';

export type StartMongodOptions = {
  /** Where its files, its port, its pid and its log are kept; a folder in memory that goes with it when left out. */
  dataDir?: string;
  /** Leaves expired documents where they are, for tests whose clock is not this machine's. */
  keepsExpired?: boolean;
  /** Takes part in finding a mongod: PATH, XDG_CACHE_HOME. */
  env?: NodeJS.ProcessEnv;
  /** Tells the user what takes long. */
  say?: (line: string) => void;
};

export type RunningMongod = {
  /** Connection string of the replica set, without a database. */
  uri: string;
  /** Its exit code, when it has ended for whatever reason. */
  exited: Promise<number>;
  stop(): Promise<void>;
};

/**
 * Starts a mongod of our own on loopback as a replica set of one, on the same port as last time if that is free.
 * @throws LaunchProblem when there is no mongod, or it does not take its files
 */
export async function startMongod({
  dataDir,
  keepsExpired = false,
  env = process.env,
  say = () => undefined,
}: StartMongodOptions = {}): Promise<RunningMongod> {
  const binary = await locateMongod({ env, say });
  const folder = dataDir ?? (await makeTempFolder());
  const files = {
    db: join(folder, 'db'),
    port: join(folder, 'port'),
    pid: join(folder, 'mongod.pid'),
    log: join(folder, 'mongod.log'),
  };
  await mkdir(files.db, { recursive: true });
  await endLeftover({ pidFile: files.pid, folder: files.db });
  await keepLogSmall(files.log);

  const port = await keptPort(files.port);
  const mongod = startGuarded({
    command: binary,
    args: [
      ...argumentsFor(files.db, port),
      ...(dataDir === undefined ? smallJournal : []),
      ...(keepsExpired ? ['--setParameter', 'ttlMonitorEnabled=false'] : []),
    ],
    env,
    logFile: files.log,
    pidFile: files.pid,
  });
  await waitUntilReady(mongod, port, files);
  return {
    uri: `mongodb://127.0.0.1:${port}/?replicaSet=${replicaSetName}`,
    exited: mongod.exited,
    async stop() {
      await mongod.stop();
      if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

function argumentsFor(dbPath: string, port: number): string[] {
  return [
    ...['--dbpath', dbPath, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'],
    ...['--replSet', replicaSetName, '--wiredTigerCacheSizeGB', '0.5', '--quiet'],
    // Services give a transaction up after five seconds: one that nobody will end must not hold its documents for a minute.
    ...['--setParameter', 'transactionLifetimeLimitSeconds=10'],
    ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
    // Alone in its replica set, it would wait in vain for another to take over.
    ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
  ];
}

/** Three journal files of 100 MB each are a lot in memory. */
const smallJournal = ['--wiredTigerEngineConfigString', 'log=(prealloc=false,file_max=16MB)'];

async function waitUntilReady(mongod: GuardedProcess, port: number, files: { db: string; log: string }): Promise<void> {
  let exitCode: number | undefined;
  void mongod.exited.then((code) => (exitCode = code));
  try {
    // After a crash it works through its journal before it listens.
    const isListening = await waitForPort(port, 120_000, () => exitCode !== undefined);
    if (exitCode !== undefined) throw refusal(exitCode, files);
    if (!isListening)
      throw new LaunchProblem(`MongoDB did not start within two minutes: see ${files.log}, then try again.`);
    await makePrimary(port);
  } catch (error) {
    await mongod.stop();
    throw error;
  }
}

/** Exit codes: https://www.mongodb.com/docs/manual/reference/exit-codes/ */
function refusal(exitCode: number, { db, log }: { db: string; log: string }): LaunchProblem {
  if (exitCode === 100) {
    return new LaunchProblem(
      `Another process uses the MongoDB files in ${db}: end it, or set DATA_DIR to another folder.`,
    );
  }
  if (exitCode === 48) return new LaunchProblem('Another program took the port that MongoDB was to have: start again.');
  return new LaunchProblem(
    `MongoDB does not take its files in ${db} (see ${log}): restore them from a copy, or set DATA_DIR to another folder.`,
  );
}
