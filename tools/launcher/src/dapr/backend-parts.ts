import { join } from 'node:path';
import { startAzurite } from '../azurite/start-azurite.ts';
import { startMongod } from '../mongod/start-mongod.ts';
import { startRabbitmq } from '../rabbitmq/start-rabbitmq.ts';
import { startRedis } from '../redis/start-redis.ts';
import { startSentry } from '../sentry/start-sentry.ts';
import type { Launched, Part } from './part.ts';

export type BackendsOptions = {
  /** Each keeps its own files in a folder of its name in here. */
  folder: string;
  secrets: Readonly<Record<'blob-account-key' | 'redis-password' | 'rabbitmq-password', string>>;
  /** What RabbitMQ is to have from the first moment on: a file of definitions. */
  definitionsFile: string;
  /** Whether someone else's MongoDB is used. */
  hasOwnMongodb: boolean;
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
};

/** Where the backends that have started are found; they keep their ports over a restart. */
export type Addresses = {
  mongodb?: string;
  blobs?: string;
  redis?: string;
  rabbitmq?: string;
  identity: { args: Readonly<Record<string, string>>; env: NodeJS.ProcessEnv };
};

/** What real programs stand behind the services; `addresses` is filled as they start. */
export function backendParts(options: BackendsOptions): { parts: Part[]; addresses: Addresses } {
  const { folder, secrets, definitionsFile, hasOwnMongodb, env, say } = options;
  const addresses: Addresses = { identity: { args: {}, env: {} } };
  const common = (name: string) => ({ dataDir: join(folder, name), env, say });
  const parts: Part[] = [
    backend('redis', async () => {
      const redis = await startRedis({ ...common('redis'), password: secrets['redis-password'] });
      addresses.redis = redis.host;
      return { ...redis, pidFile: join(folder, 'redis', 'redis.pid') };
    }),
    backend('rabbitmq', async () => {
      const rabbitmq = await startRabbitmq({
        ...common('rabbitmq'),
        ...{ user: 'commons', password: secrets['rabbitmq-password'], definitionsFile },
      });
      addresses.rabbitmq = rabbitmq.connectionString;
      return { ...rabbitmq, pidFile: join(folder, 'rabbitmq', 'rabbitmq.pid') };
    }),
    backend('azurite', async () => {
      const azurite = await startAzurite({ ...common('blobs'), accountKey: secrets['blob-account-key'] });
      addresses.blobs = azurite.connectionString;
      return { ...azurite, pidFile: join(folder, 'blobs', 'azurite.pid') };
    }),
    backend('sentry', async () => {
      const sentry = await startSentry(common('sentry'));
      addresses.identity = { args: sentry.args, env: sentry.env };
      return { ...sentry, pidFile: join(folder, 'sentry', 'sentry.pid') };
    }),
  ];
  const mongod = backend('mongod', async () => {
    const running = await startMongod(common('mongod'));
    addresses.mongodb = running.uri;
    return { ...running, port: Number(new URL(running.uri).port), pidFile: join(folder, 'mongod', 'mongod.pid') };
  });
  return { parts: hasOwnMongodb ? [mongod, ...parts] : parts, addresses };
}

type Started = Omit<Launched, 'ready'> & { ready?: Promise<void> };

/** Backends answer once they are started, unless they say otherwise. */
function backend(name: string, start: () => Promise<Started>): Part {
  return {
    name,
    kind: 'backend',
    async launch() {
      const started = await start();
      return { ready: Promise.resolve(), ...started };
    },
  };
}
