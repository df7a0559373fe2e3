import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { findSentry } from '@commons/daprd';
import { LaunchProblem } from '../launch-problem.ts';
import { endLeftover } from '../processes/end-leftover.ts';
import { keepLogSmall } from '../processes/keep-log-small.ts';
import { keptPort } from '../processes/kept-port.ts';
import { startGuarded } from '../processes/start-guarded.ts';
import type { GuardedProcess } from '../processes/start-guarded.ts';
import { openSentryFolder, sentryFiles, trustDomain } from './sentry-files.ts';
import type { SentryFiles } from './sentry-files.ts';

export type StartSentryOptions = {
  /** Where its keys, its ports, its pid and its log are kept. */
  dataDir: string;
  /** Takes part in finding sentry: DAPR_SENTRY, HOME, XDG_CACHE_HOME. */
  env?: NodeJS.ProcessEnv;
  /** Tells the user what takes long. */
  say?: (line: string) => void;
};

export type RunningSentry = {
  /** What a daprd is started with to get its identity here, by the names of the options, without dashes. */
  args: Record<string, string>;
  /** What a daprd has in its environment to believe this authority and no other. */
  env: { DAPR_TRUST_ANCHORS: string };
  port: number;
  /** Its exit code, when it has ended for whatever reason. */
  exited: Promise<number>;
  stop(): Promise<void>;
};

const startsWithinMs = 60_000;

/**
 * Starts Dapr's certificate authority on loopback, on the same port as last time if that is free. Its keys are kept, so that
 * sidecars that it certified before a restart believe it after, and each other all the time.
 * @throws LaunchProblem when there is no sentry, or it does not take its files
 */
export async function startSentry({
  dataDir,
  env = process.env,
  say = () => undefined,
}: StartSentryOptions): Promise<RunningSentry> {
  const command = await locate(env, say);
  const files = sentryFiles(dataDir);
  await endLeftover({ pidFile: files.pid, folder: files.folder });
  const hasKeys = await openSentryFolder(files);
  await keepLogSmall(files.log);

  const port = await keptPort(files.port);
  const healthPort = await keptPort(files.healthPort);
  const run = async (): Promise<GuardedProcess> => {
    const args = argumentsFor(files, port, healthPort);
    const sentry = startGuarded({ command, args, env, logFile: files.log, pidFile: files.pid });
    await waitUntilReady(sentry, healthPort, files.log);
    return sentry;
  };
  // When it has made its keys it starts itself anew some times, and whoever asks just then is refused.
  if (!hasKeys) await (await run()).stop();
  const sentry = await run();
  return {
    args: {
      'enable-mtls': 'true',
      'sentry-address': `127.0.0.1:${port}`,
      'control-plane-trust-domain': trustDomain,
    },
    env: { DAPR_TRUST_ANCHORS: await readFile(files.trustAnchors, 'utf8') },
    port,
    exited: sentry.exited,
    stop: () => sentry.stop(),
  };
}

async function locate(env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<string> {
  try {
    return await findSentry({ env, say });
  } catch (error) {
    throw new LaunchProblem(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function argumentsFor({ keys, configuration }: SentryFiles, port: number, healthPort: number): string[] {
  const options = {
    config: configuration,
    'issuer-credentials': keys,
    'trust-domain': trustDomain,
    'listen-address': '127.0.0.1',
    port,
    'healthz-listen-address': '127.0.0.1',
    'healthz-port': healthPort,
    'enable-metrics': 'false',
  };
  return Object.entries(options).map(([name, value]) => `--${name}=${value}`);
}

async function waitUntilReady(sentry: GuardedProcess, healthPort: number, log: string): Promise<void> {
  let hasExited = false;
  void sentry.exited.then(() => (hasExited = true));
  const end = Date.now() + startsWithinMs;
  while (!hasExited && Date.now() < end) {
    if (await isHealthy(healthPort)) return;
    await delay(20);
  }
  await sentry.stop();
  throw new LaunchProblem(`Dapr’s certificate authority did not start: see ${log}, then try again.`);
}

async function isHealthy(healthPort: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${healthPort}/healthz`)).ok;
  } catch {
    return false;
  }
}
