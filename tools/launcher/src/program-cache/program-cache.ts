import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../processes/running-process.ts';

/** Programs that were fetched once: a folder for each version. */
export type ProgramCache = {
  folder: string;
  /** The version of the program that a folder holds; nothing when it does not run here. */
  versionIn(folder: string): Promise<string | undefined>;
};

/** The folder of the newest version that runs here. */
export async function findCached({ folder, versionIn }: ProgramCache): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => []);
  const versions = names.filter((name) => /^\d/.test(name)).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  for (const version of versions) {
    const found = join(folder, version);
    if (await versionIn(found)) return found;
  }
  return undefined;
}

/**
 * Fetches into a folder aside and moves that into the cache, by version, only when the program in it is whole and runs.
 * @returns the folder of that version
 * @throws Error when it cannot be fetched or does not run here
 */
export async function addToCache(
  { folder, versionIn }: ProgramCache,
  fetch: (folder: string) => Promise<void>,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  await sweepUnfinished(folder);
  const aside = await mkdtemp(join(folder, `download-${process.pid}-`));
  try {
    await fetch(aside);
    const version = await versionIn(aside);
    if (version === undefined) throw new Error('the program that was fetched does not run here');
    const target = join(folder, version);
    await rename(aside, target).catch(async (error: unknown) => {
      // Another launcher may have been faster: then its copy is as good.
      if ((await versionIn(target)) === undefined) throw error;
    });
    return target;
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
