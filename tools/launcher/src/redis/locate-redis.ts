import { delimiter, join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { fetchPart, librariesOf } from '../debian-packages/fetch-part.ts';
import type { FetchPackages } from '../debian-packages/fetch-part.ts';
import { findCached } from '../program-cache/program-cache.ts';
import { redisVersion } from './redis-version.ts';
import type { RedisProgram } from './redis-version.ts';

export type LocateRedisOptions = {
  env: NodeJS.ProcessEnv;
  /** Tells the user what takes long. */
  say: (line: string) => void;
  /** Folders in which an installed one is looked for. Default: the PATH. */
  installedIn?: readonly string[] | undefined;
  fetch?: FetchPackages;
};

const packages = { name: 'redis-server', own: /^(redis-|lib(jemalloc|lzf|lua|hiredis))/ };

/**
 * Finds a redis-server that runs on this machine: an installed one, then one in the cache; if there is none, fetches one there.
 * @throws LaunchProblem when there is none to be had
 */
export async function locateRedis({ env, say, installedIn, fetch }: LocateRedisOptions): Promise<RedisProgram> {
  for (const folder of installedIn ?? (env['PATH'] ?? '').split(delimiter)) {
    const program = { command: join(folder, 'redis-server'), env: {} };
    if (folder !== '' && (await redisVersion(program)) !== undefined) return program;
  }
  const cache = {
    folder: join(cacheFolder(env), 'redis'),
    versionIn: async (folder: string) => redisVersion(await programIn(folder)),
  };
  const found = await findCached(cache);
  if (found !== undefined) return programIn(found);
  const advice = 'install Redis 6 or later so that redis-server is on the PATH.';
  return programIn(await fetchPart({ name: 'Redis', cache, packages, advice, env, say, ...(fetch && { fetch }) }));
}

async function programIn(folder: string): Promise<RedisProgram> {
  return { command: join(folder, 'usr', 'bin', 'redis-server'), env: await librariesOf(folder) };
}
