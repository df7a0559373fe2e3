import { setTimeout as delay } from 'node:timers/promises';
import { writeWhole } from '../data-folder/write-whole.ts';
import { LaunchProblem } from '../launch-problem.ts';
import { endLeftover } from '../processes/end-leftover.ts';
import { keepLogSmall } from '../processes/keep-log-small.ts';
import { keptPort } from '../processes/kept-port.ts';
import { startGuarded } from '../processes/start-guarded.ts';
import type { GuardedProcess } from '../processes/start-guarded.ts';
import { areQueuesOnDisk } from './are-queues-on-disk.ts';
import { checkBroker } from './check-broker.ts';
import type { BrokerState } from './check-broker.ts';
import { locateRabbitmq } from './locate-rabbitmq.ts';
import { brokerEnvironment, rabbitmqConfiguration } from './rabbitmq-configuration.ts';
import { openRabbitmqFolder, rabbitmqFiles } from './rabbitmq-files.ts';
import { startEpmd } from './start-epmd.ts';
import { writeDefinitions } from './write-definitions.ts';

export type StartRabbitmqOptions = {
  /** Where its messages, its configuration, its ports, its pids and its logs are kept. */
  dataDir: string;
  /** The only user there is. */
  user: string;
  password: string;
  /** A JSON file in RabbitMQ's format: exchanges, queues, bindings and policies that are there when it answers. */
  definitionsFile: string;
  /** Takes part in finding RabbitMQ: PATH, XDG_CACHE_HOME. */
  env?: NodeJS.ProcessEnv;
  /** Tells the user what takes long. */
  say?: (line: string) => void;
  /** Folders in which an installed RabbitMQ is looked for. Default: the PATH, and where Debian and Homebrew put it. */
  installedIn?: readonly string[];
};

export type RunningRabbitmq = {
  /** With user and password, as Dapr's `connectionString` takes it. */
  connectionString: string;
  port: number;
  /** Its exit code, when it has ended for whatever reason and nothing of it is left. */
  exited: Promise<number>;
  stop(): Promise<void>;
};

const startsWithinMs = 120_000;

/**
 * Starts a RabbitMQ of our own on loopback, on the same port as last time if that is free, and waits until it serves what its
 * definitions name. Durable queues and their messages are kept.
 * @throws LaunchProblem when there is no RabbitMQ, or it does not take its files
 */
export async function startRabbitmq({
  dataDir,
  user,
  password,
  definitionsFile,
  env = process.env,
  say = () => undefined,
  installedIn,
}: StartRabbitmqOptions): Promise<RunningRabbitmq> {
  const program = await locateRabbitmq({ env, say, installedIn });
  const files = rabbitmqFiles(dataDir);
  const nodeName = await openRabbitmqFolder(files);
  await endLeftover({ pidFile: files.pid, folder: files.folder });
  await keepLogSmall(files.log);
  const queues = await writeDefinitions({ from: definitionsFile, to: files.definitions, user, password });
  const port = await keptPort(files.port);
  await writeWhole(files.configuration, rabbitmqConfiguration(port, files));

  const names = await startEpmd({ env: program.env, files: files.names });
  const erlangPort = await keptPort(files.erlangPort);
  const broker = startGuarded({
    command: program.server,
    // Erlang takes unknown options for its programs: by this one the process is known to be ours.
    args: ['-commons_folder', files.folder],
    env: { ...program.env, ...brokerEnvironment({ files, nodeName, erlangPort, namesPort: names.port }) },
    logFile: files.log,
    pidFile: files.pid,
    patienceMs: 30_000,
  });
  const exited = broker.exited.then(async (code) => {
    await names.stop();
    return code;
  });
  const stop = async () => {
    await broker.stop();
    await exited;
  };
  const connectionString = `amqp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}`;
  const areOnDisk = () => areQueuesOnDisk(files.data, nodeName, queues.quorum);
  if ((await serves(broker, connectionString, queues.all)) && (await comesTrue(broker, areOnDisk)))
    return { connectionString, port, exited, stop };
  await stop();
  throw new LaunchProblem(`RabbitMQ, which carries events, did not start: see ${files.log}, then try again.`);
}

async function serves(broker: GuardedProcess, connectionString: string, queues: readonly string[]): Promise<boolean> {
  let state = 'away' as BrokerState;
  const answers = async () => (state = await checkBroker(connectionString, queues)) !== 'away';
  return (await comesTrue(broker, answers)) && state === 'serving';
}

/** Whether a condition comes true before the broker ends, or all patience does. */
async function comesTrue(broker: GuardedProcess, condition: () => Promise<boolean>): Promise<boolean> {
  let hasExited = false;
  void broker.exited.then(() => (hasExited = true));
  const end = Date.now() + startsWithinMs;
  while (!hasExited && Date.now() < end) {
    if (await condition()) return true;
    await delay(50);
  }
  return false;
}
