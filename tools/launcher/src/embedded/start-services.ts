import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDaprHarness } from '@commons/dapr-harness';
import type { DaprHarness } from '@commons/dapr-harness';
import { createService } from '@commons/platform';
import type { AnyService, BaseContext, Service } from '@commons/platform';
import { findFreePort } from '../processes/free-port.ts';
import { declaredQueues } from './declared-queues.ts';
import type { PlatformLog } from './open-log.ts';

export { platformConfig } from '@commons/platform';

export type RunningService = Service<BaseContext>;

export type RunningServices = {
  harness: DaprHarness;
  /** By name. */
  services: ReadonlyMap<string, RunningService>;
  /** Where the platform is reached from outside. */
  url: string;
  /** The edge first, then the others with their events in hand, then the sidecars. */
  stop(): Promise<void>;
};

export type StartServicesOptions = {
  services: readonly AnyService[];
  /** Where the service that faces outside listens. */
  edge: { host: string; port: number };
  env: NodeJS.ProcessEnv;
  mongodbUri: string;
  /** Where the sidecars keep queues and state. */
  daprFolder: string;
  secretsFile: string;
  /** Files and folders of Dapr resources. Default: the platform's own. */
  resources?: readonly string[];
  log: PlatformLog;
};

/** What a sidecar passes on: more than the largest upload that the gateway lets in. Dapr's own default is 4 MiB. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

const components = fileURLToPath(new URL('../../../../components/', import.meta.url));
/** The platform's own, with a Configuration for each app, of its name: who may call it, and which secrets it may read. */
const platformResources: readonly string[] = [components, join(components, 'configuration')];
const loopback = '127.0.0.1';
/** Everyone asks it for keys from the first moment on. */
const first = 'auth';

/** Starts all services in this process, each with a sidecar of the harness: `auth`, then the others, then the edge. */
export async function startServices(options: StartServicesOptions): Promise<RunningServices> {
  const { services, edge, log } = options;
  const apps = await Promise.all(services.map((service) => planApp(service, edge)));
  const harness = await startHarness(options, apps);
  const running = new Map<string, RunningService>();
  const stop = async (): Promise<void> => {
    for (const wave of inOrder(apps).toReversed())
      await Promise.all(wave.map(async ({ id }) => running.get(id)?.stop()));
    await harness.close();
  };
  const start = async (app: App): Promise<void> => {
    const environment = environmentOf(app, apps, harness.sidecar(app.id).port, options);
    running.set(app.id, await createService(app.service, { environment, logDestination: log.destination }));
    await harness.sidecar(app.id).connectApp(app.appPort);
  };
  try {
    for (const wave of inOrder(apps)) await settle(wave.map(start));
  } catch (error) {
    await stop();
    throw error;
  }
  const outer = services.find(({ isEdge }) => isEdge === true);
  return { harness, services: running, url: urlOf(edge.host, running.get(outer?.name ?? '')?.port ?? edge.port), stop };
}

/** A service, where it listens, and what it and its sidecar prove themselves with; new at each start. */
type App = {
  id: string;
  service: AnyService;
  host: string;
  appPort: number;
  appApiToken: string;
  daprApiToken: string;
};

async function planApp(service: AnyService, edge: { host: string; port: number }): Promise<App> {
  const { host, port } = service.isEdge ? edge : { host: loopback, port: 0 };
  return {
    id: service.name,
    service,
    host,
    appPort: port === 0 ? await findFreePort() : port,
    appApiToken: randomBytes(32).toString('hex'),
    daprApiToken: randomBytes(32).toString('hex'),
  };
}

function startHarness(
  { services, daprFolder, secretsFile, resources = platformResources, log }: StartServicesOptions,
  apps: readonly App[],
): Promise<DaprHarness> {
  // components/secretstore.yaml takes the file's name from here, as it does under daprd.
  process.env['SECRETS_FILE'] = secretsFile;
  return createDaprHarness({
    resources,
    apps: apps.map(({ id, appPort, appApiToken, daprApiToken }) => ({
      id,
      appPort,
      appApiToken,
      daprApiToken,
      config: id,
      maxBodyBytes: MAX_BODY_BYTES,
    })),
    dataDir: daprFolder,
    queues: declaredQueues(services),
    log: log.dapr,
  });
}

function environmentOf(
  app: App,
  apps: readonly App[],
  daprPort: number,
  { env, mongodbUri }: StartServicesOptions,
): NodeJS.ProcessEnv {
  const realtime = apps.find(({ id }) => id === 'realtime');
  return {
    ...env,
    APP_HOST: app.host,
    APP_PORT: String(app.appPort),
    APP_API_TOKEN: app.appApiToken,
    DAPR_HOST: loopback,
    DAPR_HTTP_PORT: String(daprPort),
    DAPR_API_TOKEN: app.daprApiToken,
    MONGODB_URI: mongodbUri,
    ...(realtime && { REALTIME_URL: `http://${loopback}:${realtime.appPort}` }),
  };
}

function inOrder(apps: readonly App[]): App[][] {
  const [edge, inner] = partition(apps, ({ service }) => service.isEdge === true);
  const [leader, others] = partition(inner, ({ id }) => id === first);
  return [leader, others, edge];
}

function partition<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

/** Waits for all, also where one fails, so that none is still starting when the others are stopped. */
async function settle(starts: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(starts);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

function urlOf(host: string, port: number): string {
  const isThisMachine = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host);
  return `http://${isThisMachine ? 'localhost' : host}:${port}`;
}
