import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findDaprd } from '@commons/daprd';
import { send } from './client.ts';
import { eventually } from './eventually.ts';
import { freePorts } from './free-ports.ts';
import type { ResourceFiles } from './resource-files.ts';
import { startSentry } from './sentry.ts';
import type { Sentry } from './sentry.ts';
import type { AppSpec, Target } from './target.ts';

type Running = { id: string; url: string; process: ChildProcess; log: string };

/** Real sidecars, a process each, that listen on loopback alone and find each other by mDNS. */
export async function startDaprd(
  files: ResourceFiles,
  apps: readonly AppSpec[],
  hasIdentities: boolean,
): Promise<Target> {
  const program = await findDaprd();
  const sentry = hasIdentities ? await startSentry() : undefined;
  const sidecars: Running[] = [];
  const close = async () => {
    await Promise.all(sidecars.map(({ process }) => stop(process)));
    await sentry?.close();
  };
  try {
    for (const app of apps) sidecars.push(await launch(program, files, app, sentry));
    await Promise.all(apps.map((app, index) => ready(app, sidecars[index])));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url: (id) => {
      const sidecar = sidecars.find((candidate) => candidate.id === id);
      if (!sidecar) throw new Error(`no sidecar of ${id}`);
      return sidecar.url;
    },
    close,
  };
}

async function launch(
  program: string,
  files: ResourceFiles,
  app: AppSpec,
  sentry: Sentry | undefined,
): Promise<Running> {
  const [http = 0, grpc = 0, internal = 0] = await freePorts(3);
  const options: Record<string, string | number | undefined> = {
    'app-id': app.id,
    'app-port': app.appPort,
    'dapr-http-port': http,
    'dapr-grpc-port': grpc,
    'dapr-internal-grpc-port': internal,
    'dapr-listen-addresses': '127.0.0.1',
    'dapr-internal-grpc-listen-address': '127.0.0.1',
    'enable-metrics': 'false',
    'resources-path': files.folder,
    config: app.config === undefined ? undefined : files.configurations.get(app.config),
    ...sentry?.options,
  };
  const log = join(dirname(files.folder), `${app.id}.log`);
  const output = openSync(log, 'w');
  const child = spawn(
    program,
    Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`])),
    { env: { ...environment(app), ...sentry?.env }, stdio: ['ignore', output, output] },
  );
  // A run that ends without closing its targets leaves no sidecar behind.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return { id: app.id, url: `http://127.0.0.1:${http}`, process: child, log };
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
async function ready(app: AppSpec, sidecar: Running | undefined): Promise<void> {
  if (!sidecar) return;
  const path = app.appPort === undefined || app.startsWithoutApp ? '/v1.0/healthz/outbound' : '/v1.0/healthz';
  await eventually(async () => {
    if (sidecar.process.exitCode !== null) throw new Error(`daprd ended:\n${await readFile(sidecar.log, 'utf8')}`);
    const { status } = await send(`${sidecar.url}${path}`);
    if (status !== 204) throw new Error(`${app.id} answers ${status} on ${path}`);
  });
}

async function stop(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const ended = once(process, 'exit');
  process.kill('SIGKILL');
  await ended;
}
