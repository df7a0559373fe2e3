import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { LaunchProblem } from '../launch-problem.ts';
import { addToCache } from '../program-cache/program-cache.ts';
import type { ProgramCache } from '../program-cache/program-cache.ts';
import { fetchDebianPackages } from './fetch-debian-packages.ts';
import type { DebianPackages } from './fetch-debian-packages.ts';

/** Gets a part's programs into a folder, laid out as on a Debian system. */
export type FetchPackages = (folder: string, packages: DebianPackages, env: NodeJS.ProcessEnv) => Promise<void>;

export type FetchPartOptions = {
  /** What people call it. */
  name: string;
  cache: ProgramCache;
  packages: DebianPackages;
  /** What to do where it cannot be fetched. */
  advice: string;
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
  fetch?: FetchPackages;
  /** Makes what was unpacked run from where it is. */
  prepare?: (folder: string) => Promise<void>;
};

/**
 * Fetches a part from Debian's packages into the cache, without installing it.
 * @returns the folder that stands for the root of a Debian system
 * @throws LaunchProblem when that does not work here
 */
export async function fetchPart({
  name,
  cache,
  packages,
  advice,
  env,
  say,
  fetch = fetchDebianPackages,
  prepare = () => Promise.resolve(),
}: FetchPartOptions): Promise<string> {
  say(`Fetching ${name} from Debian’s packages (once, kept in ${cache.folder}) …`);
  try {
    return await addToCache(cache, async (folder) => {
      await fetch(folder, packages, env);
      await prepare(folder);
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LaunchProblem(`${name} could not be had (Debian’s packages: ${reason}): ${advice}`, { cause: error });
  }
}

/** The environment in which programs of such a folder find the libraries that came with them. */
export async function librariesOf(folder: string): Promise<{ LD_LIBRARY_PATH?: string }> {
  const found: string[] = [];
  for (const parent of [join(folder, 'usr', 'lib'), join(folder, 'lib')]) {
    const names = await readdir(parent).catch(() => []);
    found.push(...names.filter((name) => name.includes('-linux-')).map((name) => join(parent, name)));
  }
  return found.length > 0 ? { LD_LIBRARY_PATH: found.join(delimiter) } : {};
}
