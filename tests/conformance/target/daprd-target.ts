import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findDaprd } from '@commons/daprd';
import { send } from './client.ts';
import { freePorts } from './free-ports.ts';
import type { ResourceFiles } from './resource-files.ts';
import { startSentry } from './sentry.ts';
import type { Sentry } from './sentry.ts';
import type { AppSpec, Target } from './target.ts';

const POLL_MS = 10;

type Ports = { http: number; grpc: number; internal: number };
type Running = { app: AppSpec; ports: Ports; process: ChildProcess; log: string };
type Launch = { program: string; files: ResourceFiles; sentry: Sentry | undefined };

/** Real sidecars, a process each, that listen on loopback alone and find each other by mDNS. */
export async function startDaprd(
  files: ResourceFiles,
  apps: readonly AppSpec[],
  hasIdentities: boolean,
): Promise<Target> {
  const sentry = hasIdentities ? await startSentry() : undefined;
  const launching = { program: await findDaprd(), files, sentry };
  const sidecars = new Map<string, Running>();
  const named = (name: string): Running => {
    const sidecar = sidecars.get(name);
    if (!sidecar) throw new Error(`no sidecar of ${name}`);
    return sidecar;
  };
  const close = async () => {
    await Promise.all([...sidecars.values()].map(({ process }) => stop(process)));
    await sentry?.close();
  };

  try {
    for (const app of apps) {
      const [http = 0, grpc = 0, internal = 0] = await freePorts(3);
      sidecars.set(app.name ?? app.id, launch(launching, app, { http, grpc, internal }));
    }
    await Promise.all([...sidecars.values()].map(ready));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url: (name) => urlOf(named(name)),
    stop: (name) => stop(named(name).process),
    start: async (name) => {
      const { app, ports } = named(name);
      const again = launch(launching, app, ports);
      sidecars.set(name, again);
      await ready(again);
    },
    close,
  };
}

function launch({ program, files, sentry }: Launch, app: AppSpec, ports: Ports): Running {
  const options: Record<string, string | number | undefined> = {
    'app-id': app.id,
    'app-port': app.appPort,
    'dapr-http-port': ports.http,
    'dapr-grpc-port': ports.grpc,
    'dapr-internal-grpc-port': ports.internal,
    'dapr-listen-addresses': '127.0.0.1',
    'dapr-internal-grpc-listen-address': '127.0.0.1',
    'enable-metrics': 'false',
    'resources-path': files.folder,
    ...(app.healthPath !== undefined && {
      'enable-app-health-check': 'true',
      'app-health-check-path': app.healthPath,
      'app-health-probe-interval': 1,
      'app-health-probe-timeout': 500,
      'app-health-threshold': 2,
    }),
    config: app.config === undefined ? undefined : files.configurations.get(app.config),
    ...sentry?.options,
  };
  const args = Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]));
  const log = join(dirname(files.folder), `${app.name ?? app.id}.log`);
  const output = openSync(log, 'a');
  const child = spawn(program, args, {
    env: { ...environment(app), ...sentry?.env },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  // A run that ends without closing its targets leaves no sidecar behind.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return { app, ports, process: child, log };
}

function environment({ appApiToken, daprApiToken }: AppSpec): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DAPR_HOST_IP: '127.0.0.1',
    ...(appApiToken === undefined ? {} : { APP_API_TOKEN: appApiToken }),
    ...(daprApiToken === undefined ? {} : { DAPR_API_TOKEN: daprApiToken }),
  };
}

/** Outbound is ready before the app is; the other health check waits for the app and its subscriptions. */
async function ready({ app, process, log, ports }: Running): Promise<void> {
  const path = app.startsWithoutApp ? '/v1.0/healthz/outbound' : '/v1.0/healthz';
  while (process.exitCode === null) {
    const isReady = await send(`${urlOf({ ports })}${path}`).then(
      ({ status }) => status === 204,
      () => false,
    );
    if (isReady) return;
    await pause(POLL_MS);
  }
  throw new Error(`daprd of ${app.id} ended:\n${await readFile(log, 'utf8')}`);
}

function urlOf({ ports }: Pick<Running, 'ports'>): string {
  return `http://127.0.0.1:${ports.http}`;
}

async function stop(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const ended = once(process, 'exit');
  process.kill('SIGKILL');
  await ended;
}
