import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findDaprd } from '@commons/daprd';
import type { AnyService } from '@commons/platform';
import { openDataFolder } from '../data-folder/open-data-folder.ts';
import type { DataFolder } from '../data-folder/open-data-folder.ts';
import { loadSecrets, writeSecrets } from '../data-folder/secrets-file.ts';
import { checkPort } from '../embedded/check-port.ts';
import { checkConfiguration } from '../embedded/read-configuration.ts';
import { LaunchProblem } from '../launch-problem.ts';
import { checkMongodb } from '../mongod/check-mongodb.ts';
import { brokerDefinitions } from '../rabbitmq-definitions/broker-definitions.ts';
import { backendParts } from './backend-parts.ts';
import type { Addresses } from './backend-parts.ts';
import { writeLocalConfiguration } from './local-configuration.ts';
import { openLogStream } from './log-stream.ts';
import type { LocalOptions } from './options.ts';
import { createPartsWriter } from './parts-file.ts';
import type { PartStatus } from './part.ts';
import { planInstances } from './plan.ts';
import type { Instance } from './plan.ts';
import { servicePart } from './service-part.ts';
import { sidecarPart } from './sidecar-part.ts';
import { createSupervisor } from './supervisor.ts';

export type DaprPlatformOptions = {
  options: LocalOptions;
  services: readonly AnyService[];
  port: number;
  dataDir: string;
  env: NodeJS.ProcessEnv;
  /** Shows a line to people. */
  show: (line: string) => void;
};

export type DaprPlatform = {
  /** Where the API is; without the edge, where the first of the services is. */
  url: string;
  instances: readonly Instance[];
  parts(): PartStatus[];
  /** Stops in order, so that what is in hand is done. */
  stop(): Promise<void>;
};

/** Length of the random secrets that a data folder gets, in bytes. */
const secretBytes = {
  'auth-key-encryption-key': 32,
  'blob-account-key': 64,
  'redis-password': 24,
  'rabbitmq-password': 24,
};
/** Everyone asks it for keys from the first moment on. */
const first = 'auth';

/**
 * Starts the platform of real parts: the backends, then a daprd for each replica of a service, then the services themselves, each in a
 * process of its own: `auth`, the others, the edge. Whatever ends later is started again.
 * @throws LaunchProblem with the sentence to show; what was begun is stopped again
 */
export async function startDaprPlatform(request: DaprPlatformOptions): Promise<DaprPlatform> {
  const { options, services, port, env, show } = request;
  const host = env['APP_HOST'] || '127.0.0.1';
  const wanted = services.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  const hasEdge = wanted.some(({ isEdge }) => isEdge);
  if (hasEdge) await checkPort(port, host);
  checkConfiguration(
    wanted.map(({ config }) => config),
    env,
  );
  const folder = await openDataFolder(request.dataDir);
  try {
    const runFolder = join(folder.path, 'run');
    await mkdir(runFolder, { recursive: true });
    const portFile = join(runFolder, 'port');
    const instances = await planInstances({ services, options, edge: { host, port }, portFile });
    const url = urlOf(instances, host);
    return await startParts({ request, folder, instances, url, show });
  } catch (error) {
    await folder.close();
    throw error;
  }
}

type Start = {
  request: DaprPlatformOptions;
  folder: DataFolder;
  instances: Instance[];
  url: string;
  show: (line: string) => void;
};

async function startParts({ request, folder, instances, url, show }: Start): Promise<DaprPlatform> {
  const { services, env } = request;
  const runFolder = join(folder.path, 'run');
  const secrets = await loadSecrets(folder.secretsFile, secretBytes);
  const definitionsFile = join(runFolder, 'broker-definitions.json');
  await writeFile(definitionsFile, JSON.stringify(brokerDefinitions(services)));
  const hasOwnMongodb = !env['MONGODB_URI'];
  if (!hasOwnMongodb) await checkMongodb(env['MONGODB_URI'] ?? '');

  const log = openLogStream({ folder: folder.logs, show, nameWidth: widthOf(instances) });
  const writer = createPartsWriter(folder.path, () => ({ url, pid: process.pid, parts: supervisor.statuses() }));
  const supervisor = createSupervisor({ changed: writer.changed, say: (line) => show(`-- ${line}`) });
  const stop = async (): Promise<void> => {
    await supervisor.stop();
    await Promise.all([log.close(), writer.written()]);
    await rm(join(runFolder, 'parts.json'), { force: true });
  };
  try {
    const backends = backendParts({ folder: folder.path, secrets, definitionsFile, hasOwnMongodb, env, say: show });
    const [program] = await Promise.all([findDaprd({ env }), supervisor.start(backends.parts)]);
    const { addresses } = backends;
    await writeSecrets(folder.secretsFile, { ...secrets, ...secretsOf(addresses) });
    const localConfiguration = await writeLocalConfiguration(runFolder);
    const common = { env, runFolder };
    await supervisor.start(
      instances.map((instance) =>
        sidecarPart({
          ...{ ...common, instance, program, localConfiguration, identity: addresses.identity },
          ...{ secretsFile: folder.secretsFile, onLine: log.of(`${instance.name}-dapr`) },
        }),
      ),
    );
    const mongodbUri = (): string => env['MONGODB_URI'] || (addresses.mongodb ?? '');
    for (const wave of inOrder(instances)) {
      await supervisor.start(
        wave.map((instance) =>
          servicePart({ ...common, instance, instances, mongodbUri, onLine: log.of(instance.name) }),
        ),
      );
    }
    await writer.written();
    return { url, instances, parts: () => supervisor.statuses(), stop: () => stop().then(() => folder.close()) };
  } catch (error) {
    await stop();
    throw error instanceof Error
      ? new LaunchProblem(`${error.message}: see the logs in ${folder.logs}.`, { cause: error })
      : error;
  }
}

function secretsOf({ redis = '', rabbitmq = '', blobs = '' }: Addresses): Record<string, string> {
  return { 'redis-host': redis, 'rabbitmq-connection-string': rabbitmq, 'blob-connection-string': blobs };
}

function inOrder(instances: readonly Instance[]): Instance[][] {
  const rank = ({ service, isEdge }: Instance): number => (isEdge ? 2 : service === first ? 0 : 1);
  return [0, 1, 2].map((wave) => instances.filter((instance) => rank(instance) === wave));
}

function urlOf(instances: readonly Instance[], host: string): string {
  const front = instances.find(({ isEdge }) => isEdge) ?? instances[0];
  const isThisMachine = !front?.isEdge || ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host);
  return `http://${isThisMachine ? 'localhost' : host}:${front?.appPort}`;
}

function widthOf(instances: readonly Instance[]): number {
  return Math.max(...instances.map(({ name }) => name.length)) + '-dapr'.length;
}
