import { startAzurite } from '../azurite/start-azurite.ts';
import type { DataFolder } from '../data-folder/open-data-folder.ts';
import { loadSecrets, writeSecrets } from '../data-folder/secrets-file.ts';
import { LaunchProblem } from '../launch-problem.ts';
import { checkMongodb } from '../mongod/check-mongodb.ts';
import { startMongod } from '../mongod/start-mongod.ts';

export type Backends = {
  mongodbUri: string;
  /** Settles when the last of them answers, which services do not need at their start. */
  ready: Promise<void>;
  /** Settles when one of them ends by itself, with what to say about it. */
  failed: Promise<LaunchProblem>;
  stop(): Promise<void>;
};

type Options = {
  folder: DataFolder;
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
  /** What components ask the secret store for, beside what this makes. */
  secrets?: Readonly<Record<string, string>>;
};

/** Length of the random secrets that a data folder gets, in bytes. */
const secretBytes = { 'auth-key-encryption-key': 32, 'blob-account-key': 64 };

/**
 * Starts what real services stand behind the platform, MongoDB (unless MONGODB_URI names one) and the storage of blobs, and
 * writes the secrets by which services find and open them.
 */
export async function startBackends({ folder, env, say, secrets: others = {} }: Options): Promise<Backends> {
  const secrets = await loadSecrets(folder.secretsFile, secretBytes);
  const [mongodb, azurite] = await both(
    openMongodb(folder.mongod, env, say),
    startAzurite({ dataDir: folder.blobs, accountKey: secrets['blob-account-key'], env }),
  );
  await writeSecrets(folder.secretsFile, {
    ...secrets,
    ...others,
    'blob-connection-string': azurite.connectionString,
  });
  const { promise: failed, resolve: fail } = Promise.withResolvers<LaunchProblem>();
  let isStopping = false;
  const watch = async (name: string, exited: Promise<number>, logs: string): Promise<void> => {
    const code = await exited;
    if (!isStopping)
      fail(new LaunchProblem(`${name} ended by itself (code ${code}): see its log in ${logs}, then start again.`));
  };
  void watch('MongoDB', mongodb.exited, folder.mongod);
  void watch('Azurite', azurite.exited, folder.blobs);
  return {
    mongodbUri: mongodb.uri,
    ready: azurite.ready,
    failed,
    async stop() {
      isStopping = true;
      await Promise.all([mongodb.stop(), azurite.stop()]);
    },
  };
}

async function openMongodb(dataDir: string, env: NodeJS.ProcessEnv, say: (line: string) => void) {
  const uri = env['MONGODB_URI'];
  if (!uri) return startMongod({ dataDir, env, say });
  await checkMongodb(uri);
  return { uri, exited: new Promise<number>(() => undefined), stop: () => Promise.resolve() };
}

/** Waits for two that can be stopped; where one does not start, the other is stopped again. */
async function both<A extends Stoppable, B extends Stoppable>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first, second]);
  if (a.status === 'fulfilled' && b.status === 'fulfilled') return [a.value, b.value];
  for (const each of [a, b]) if (each.status === 'fulfilled') await each.value.stop();
  throw (a.status === 'rejected' ? a : (b as PromiseRejectedResult)).reason;
}

type Stoppable = { stop(): Promise<void> };
