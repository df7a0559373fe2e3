import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../processes/running-process.ts';
import { mongodVersion } from './mongod-version.ts';

/** Gets a mongod binary into a folder and gives its path. */
export type FetchMongod = (folder: string) => Promise<string>;

/** The newest mongod in the cache that runs here. */
export async function findCachedMongod(cache: string): Promise<string | undefined> {
  const names = await readdir(cache).catch(() => []);
  const versions = names.filter((name) => /^\d/.test(name)).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  for (const version of versions) {
    const binary = join(cache, version, 'mongod');
    if (await mongodVersion(binary)) return binary;
  }
  return undefined;
}

/**
 * Fetches into a folder aside and moves that into the cache, by version, only when the binary is whole and runs.
 * @throws Error when it cannot be fetched or does not run here
 */
export async function addToMongodCache(cache: string, fetch: FetchMongod): Promise<string> {
  await mkdir(cache, { recursive: true });
  await sweepUnfinished(cache);
  const aside = await mkdtemp(join(cache, `download-${process.pid}-`));
  try {
    const binary = await fetch(aside);
    const version = await mongodVersion(binary);
    if (version === undefined) throw new Error('the program that was fetched does not run here');
    await rename(binary, join(aside, 'mongod'));
    const target = join(cache, version);
    await rename(aside, target).catch(async (error: unknown) => {
      // Another launcher may have been faster: then its copy is as good.
      if ((await mongodVersion(join(target, 'mongod'))) === undefined) throw error;
    });
    return join(target, 'mongod');
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function sweepUnfinished(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const pid = /^download-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(cache, name), { recursive: true, force: true });
  }
}
