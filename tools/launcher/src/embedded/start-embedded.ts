import type { DaprHarness } from '@commons/dapr-harness';
import type { AnyService } from '@commons/platform';
import { openDataFolder } from '../data-folder/open-data-folder.ts';
import type { LaunchProblem } from '../launch-problem.ts';
import { checkPort, listenProblem } from './check-port.ts';
import { openLog } from './open-log.ts';
import { checkConfiguration } from './read-configuration.ts';
import { startBackends } from './start-backends.ts';
import type { RunningService } from './start-services.ts';

/** The components ask for these; where the harness is broker and store itself, it takes any. */
const harnessSecrets = {
  'rabbitmq-connection-string': 'in-process',
  'redis-host': 'in-process',
  'redis-password': 'in-process',
};

export type EmbeddedOptions = {
  /** Loads what is to run; meanwhile the databases start. */
  loadServices: () => Promise<readonly AnyService[]>;
  port: number;
  dataDir: string;
  /** Variables of the services, as in .env.example. */
  env: NodeJS.ProcessEnv;
  /** Files and folders of Dapr resources. Default: the platform's own. */
  resources?: readonly string[];
  /** Tells the user what takes long, and of warnings and errors. */
  log?: (line: string) => void;
};

export type Platform = {
  url: string;
  /** By name. */
  services: ReadonlyMap<string, RunningService>;
  harness: DaprHarness;
  /** Settles when something that the platform needs ends by itself, with what to say about it. */
  failed: Promise<LaunchProblem>;
  /** Stops in order, so that what is in hand is done. */
  stop(): Promise<void>;
};

/**
 * Starts the whole platform in this process, beside it only the databases: first the checks, then MongoDB and blobs, then the sidecars
 * and the services. What was begun is stopped again when something does not start.
 * @throws LaunchProblem with the sentence to show
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Platform> {
  const { port, env, log: say = () => undefined } = options;
  const host = env['APP_HOST'] || '127.0.0.1';
  const undo: (() => Promise<void>)[] = [];
  const stop = (): Promise<void> => runAll(undo.splice(0).reverse());
  try {
    const folder = await openDataFolder(options.dataDir);
    undo.push(() => folder.close());
    await checkPort(port, host);
    const log = openLog(folder.logs, say);
    undo.push(() => log.close());
    const starting = startBackends({ folder, env, say, secrets: harnessSecrets });
    undo.push(async () => (await starting.catch(() => undefined))?.stop());
    const [services, { startServices, platformConfig }] = await Promise.all([
      options.loadServices(),
      import('./start-services.ts'),
    ]);
    checkConfiguration([platformConfig, ...services.map((service) => service.config)], env);
    const backends = await starting;
    const running = await startServices({
      services,
      edge: { host, port },
      env,
      mongodbUri: backends.mongodbUri,
      daprFolder: folder.dapr,
      secretsFile: folder.secretsFile,
      ...(options.resources && { resources: options.resources }),
      log,
    });
    undo.push(() => running.stop());
    await backends.ready;
    return {
      url: running.url,
      services: running.services,
      harness: running.harness,
      failed: backends.failed,
      stop,
    };
  } catch (error) {
    await stop();
    // Someone may have taken the port since it was looked at.
    throw isListenError(error, port) ? listenProblem(error, port, host) : error;
  }
}

function isListenError(error: unknown, port: number): error is NodeJS.ErrnoException {
  return (
    error instanceof Error && 'syscall' in error && error.syscall === 'listen' && 'port' in error && error.port === port
  );
}

/** One after the other, each whether or not those before it failed. @throws what failed first */
async function runAll(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}
